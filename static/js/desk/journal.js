/* What was typed and is not saved yet, kept in this browser under account and matter until it is.
   One entry a text: an open page writes only its own, so two pages never overwrite each other. */
(() => {
  "use strict";

  document.documentElement.classList.add("has-script");

  /* crypto.randomUUID is missing where the intranet has no TLS. */
  window.newDeskKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  window.deskJournal = ({ about, desk }) => {
    const mine = `${about}:`;

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
