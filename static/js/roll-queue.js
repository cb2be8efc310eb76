/* Entries of this desk on their way to the server. Each has a key, so sending one twice is harmless, and
   its moment, so that a late one still counts as of when it was made. They wait in the browser's own
   store: a closed page, an empty battery or an ended session loses none. */
(() => {
  "use strict";

  const SOON = 1500, LONGEST = 12000, PATIENCE = 8000;

  /* crypto.randomUUID is closed to pages without https, which an intranet may have. */
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  const open = ({ store, address, token, changed, answered, refused }) => {
    let kept = [];
    const state = { lost: false, ended: false };
    let sending = null;
    let pause = SOON;
    let timer = 0;

    const read = () => {
      try {
        return JSON.parse(localStorage.getItem(store)) || [];
      } catch {
        return kept;
      }
    };
    const write = (entries) => {
      kept = entries;
      try {
        if (entries.length) localStorage.setItem(store, JSON.stringify(entries));
        else localStorage.removeItem(store);
      } catch {
        /* A full or forbidden store: the entries still wait in this page. */
      }
      changed();
    };
    const drop = (key) => write(read().filter((entry) => entry.key !== key));

    const post = (entry) => {
      const body = new FormData();
      for (const name of ["key", "verb", "person", "undone", "words"]) body.append(name, entry[name] ?? "");
      body.append("age", Math.max(0, Date.now() - entry.made));
      return fetch(address, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
      pause = Math.min(pause * 2, LONGEST);
    };

    /* One after the other, in the order they were made. */
    const send = async () => {
      if (sending || !read().length) return;
      clearTimeout(timer);
      while (!state.ended && (sending = read()[0])) {
        let response;
        try {
          response = await post(sending);
        } catch {
          state.lost = true;
        }
        if (!response || response.status >= 500 || response.status === 429) {
          state.lost = true;
          break;
        }
        state.lost = false;
        pause = SOON;
        const answer = await response.json().catch(() => null);
        if (!answer) {
          /* A page instead of an answer: the sign-in, or a token of an older session. */
          state.ended = true;
          break;
        }
        const entry = sending;
        if (answer.refused) refused(entry, answer.refused);
        else answered(entry, answer);
        drop(entry.key);
      }
      sending = null;
      if (state.lost) later();
      changed();
    };

    window.addEventListener("online", () => {
      pause = SOON;
      send();
    });
    write(read());
    send();

    return {
      state,
      entries: () => kept,
      add(entry) {
        const whole = { key: newKey(), made: Date.now(), ...entry };
        write([...read(), whole]);
        send();
        return whole;
      },
      /* True when it had not left yet, so nothing has to be taken back on the server. */
      takeBack(key) {
        if (sending && sending.key === key) return false;
        if (!read().some((entry) => entry.key === key)) return false;
        drop(key);
        return true;
      },
    };
  };

  window.RollQueue = { open };
})();
