/* What was typed and is not saved yet, kept in this browser under account and meeting until it is.
   One entry a text: an open page writes only its own, so two pages never overwrite each other. */
(() => {
  "use strict";

  document.documentElement.classList.add("has-script");

  window.minutesJournal = ({ account, meeting, desk }) => {
    const mine = `bien-ban:${account}:${meeting}:`;

    /* A full or forbidden store is no reason to stop: the page itself still holds the text. */
    const attempt = (work) => {
      try {
        return work();
      } catch {
        return undefined;
      }
    };

    const keep = (id, entry) =>
      attempt(() => localStorage.setItem(`${mine}${desk}:${id}`, JSON.stringify({ ...entry, at: Date.now() })));
    const drop = (id) => attempt(() => localStorage.removeItem(`${mine}${desk}:${id}`));
    const discard = (name) => attempt(() => localStorage.removeItem(name));

    /* What pages closed before this one have left behind, oldest first. */
    const left = () => {
      const names = attempt(() => Object.keys(localStorage)) || [];
      return names
        .filter((name) => name.startsWith(mine) && !name.startsWith(`${mine}${desk}:`))
        .map((name) => ({ name, entry: attempt(() => JSON.parse(localStorage.getItem(name))) }))
        .filter(({ entry }) => entry && entry.fields)
        .sort((one, other) => one.entry.at - other.entry.at);
    };

    return { keep, drop, discard, left };
  };
})();
