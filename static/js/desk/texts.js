/* The texts of a desk and their way to the server: each saves by itself two seconds after the last
   key, on top of the revision it was read at, and again until the server has it. */
(() => {
  "use strict";

  const PAUSE = 2_000;
  const LONGEST = 5_000;
  const RETRIES = [3_000, 6_000, 12_000, 15_000];

  const spelled = (fields) => JSON.stringify(Object.entries(fields).sort());
  const same = (one, other) => spelled(one) === spelled(other);

  window.deskTexts = ({ wire, journal, saveUrl, desk, tell }) => {
    const texts = new Map();
    const state = { lostAt: null, needsSignIn: false, savedAt: "", refusal: "" };
    let failures = 0;
    let retry = null;

    const unsent = () => [...texts.values()].filter((text) => text.dirty);
    const say = () => tell({ ...state, unsent: unsent() });

    const know = ({ kind, key, item, revision, fields }) => {
      const id = `${kind}:${key}`;
      if (!texts.has(id)) {
        texts.set(id, { id, kind, key, item, revision, saved: fields, fields, dirty: false, step: 0, savedAt: 0 });
      }
      return texts.get(id);
    };

    const forget = (text) => {
      clearTimeout(text.timer);
      texts.delete(text.id);
      journal.drop(text.id);
      say();
    };

    const write = (text) => {
      const { kind, key, item, revision, fields } = text;
      journal.keep(text.id, { kind, key, item, revision, fields });
    };

    const type = (text, fields) => {
      text.fields = fields;
      text.refused = "";
      if (!text.sending && same(fields, text.saved)) {
        text.dirty = false;
        journal.drop(text.id);
        clearTimeout(text.timer);
      } else {
        if (!text.dirty) text.dirtySince = Date.now();
        text.dirty = true;
        write(text);
        schedule(text);
      }
      say();
    };

    const schedule = (text) => {
      clearTimeout(text.timer);
      const left = text.dirtySince + LONGEST - Date.now();
      text.timer = setTimeout(() => send(text), Math.max(0, Math.min(PAUSE, left)));
    };

    const found = () => {
      const wasLost = state.lostAt !== null;
      state.lostAt = null;
      failures = 0;
      clearTimeout(retry);
      if (wasLost) sendAll();
    };

    const lost = () => {
      state.lostAt ??= new Date();
      clearTimeout(retry);
      retry = setTimeout(sendAll, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
    };

    const send = async (text, keepalive = false) => {
      if (text.sending || !text.dirty || text.conflict || state.needsSignIn) return;
      clearTimeout(text.timer);
      const fields = text.fields;
      text.sending = true;
      text.step += 1;
      const { kind, key, item, revision, step } = text;
      /* The key of a block or a scratch pad is its item; the others have one of their own. */
      const answer = await wire.post(saveUrl, { ...fields, act: kind, key, item, revision, desk, step }, keepalive);
      text.sending = false;
      await take(text, fields, answer);
      say();
    };

    /* What the answer says of this text comes first: being found again sends whatever is still dirty. */
    const take = async (text, fields, { status, body }) => {
      if (status === 200) {
        text.revision = body.revision;
        text.saved = fields;
        text.savedAt = Date.now();
        text.dirty = !same(text.fields, fields);
        if (text.dirty) {
          text.dirtySince = Date.now();
          write(text);
          schedule(text);
        } else {
          journal.drop(text.id);
        }
        state.savedAt = body.at;
        state.refusal = "";
        found();
      } else if (status === 409) {
        text.conflict = body;
        found();
      } else if (status === 401) {
        state.needsSignIn = true;
      } else if (status === 498) {
        const renewed = await wire.renewed();
        if (renewed) setTimeout(() => send(text));
        else if (renewed === false) state.needsSignIn = true;
        else lost();
      } else if (status === 0) {
        lost();
      } else {
        text.refused = state.refusal = body.sentence;
        found();
      }
    };

    const sendAll = (keepalive = false) => Promise.all(unsent().map((text) => send(text, keepalive)));

    /* Everything saved now; true when nothing is left over. */
    const flush = async () => {
      for (let round = 0; round < 3 && unsent().length; round += 1) {
        while (unsent().some((text) => text.sending)) await new Promise((done) => setTimeout(done, 50));
        await sendAll();
      }
      return unsent().length === 0;
    };

    /* One of the two texts, or both: saved on top of what stands. */
    const settle = (text, fields) => {
      const { theirs } = text.conflict;
      text.conflict = null;
      text.revision = theirs.revision;
      text.saved = theirs.fields;
      text.dirty = true;
      text.dirtySince = 0;
      type(text, fields);
      say();
    };

    const signedIn = () => {
      state.needsSignIn = false;
      sendAll();
      say();
    };

    return { texts, know, forget, type, send, sendAll, flush, settle, signedIn, found, lost, say, state, unsent };
  };
})();
