/* Finding a person by a few letters, as meetings/finding.py does it: marks are not needed, the given
   name comes first, initials will do. One window-wide name, because plain scripts have no other way. */
(() => {
  "use strict";

  const GIVEN_NAME = 0, WORDS_OF_NAME = 1, INITIALS = 2, ANYWHERE = 3;

  const plain = (text) => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

  const fold = (text) => plain(text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đðĐÐƉɖ]/g, "d"));

  const fit = (name, text, words) => {
    const tail = name.slice(-words.length);
    if (tail.length === words.length && tail.every((part, at) => part.startsWith(words[at]))) return GIVEN_NAME;
    if (words.every((word) => name.some((part) => part.startsWith(word)))) return WORDS_OF_NAME;
    const initials = name.map((part) => part[0]).join("");
    const [one] = words;
    if (words.length === 1 && one.length > 1 && (initials.startsWith(one) || initials.endsWith(one))) return INITIALS;
    return words.every((word) => text.includes(word)) ? ANYWHERE : null;
  };

  /* null when the letters do not fit at all; right marks, where typed, come before wrong ones. */
  const fitOf = (person, typed) => {
    const words = fold(typed).split(" ").filter(Boolean);
    if (!words.length) return null;
    const found = fit(person.folded.split(" "), person.text, words);
    const marked = plain(typed.normalize("NFC"));
    const exact = found !== null && marked !== words.join(" ") && person.name.toLowerCase().includes(marked);
    return exact ? found - 0.5 : found;
  };

  window.RollFind = { fold, fitOf };
})();
