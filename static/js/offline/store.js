/* What this browser keeps to be read without a network (ADR 0021): the articles read last, with their
   pictures, and the papers of today's conferences. One store a session; it goes when the session goes.
   Read by the pages, by the page without network and by the worker. */
(() => {
  "use strict";

  const PREFIX = "doc-lai:";
  const INDEX = "/ngoai-tuyen/muc-luc";
  const MB = 1024 * 1024;
  const BOUNDS = { articles: 20, picture: 3 * MB, pictures: 20 * MB, paper: 25 * MB, papers: 60 * MB };

  const stores = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

  /* Everything but the store of this session; without a session everything. */
  const wipe = async (session) => {
    for (const name of await stores()) if (name !== PREFIX + session) await caches.delete(name);
  };

  const read = async (cache) => {
    const found = await cache.match(INDEX);
    return found ? found.json() : null;
  };
  const write = (cache, index) => cache.put(INDEX, Response.json(index));

  /* The store of the session that was here last, or null: none, or its time is over. */
  const current = async () => {
    for (const name of await stores()) {
      const cache = await caches.open(name);
      const index = await read(cache);
      if (index && Date.now() < index.ends) return { name, cache, index };
      await caches.delete(name);
    }
    return null;
  };

  /* Two pages of one browser change it one after the other. A store that was emptied meanwhile stays so, and
     a page left open by one person writes nothing into the store of the next. */
  const change = (alter, session) =>
    navigator.locks.request(PREFIX, async () => {
      const store = await current();
      if (!store || (session && store.name !== PREFIX + session)) return;
      await alter(store);
      await write(store.cache, store.index);
    });

  const open = (session, ends, text) =>
    navigator.locks.request(PREFIX, async () => {
      await wipe(session);
      const cache = await caches.open(PREFIX + session);
      const index = (await read(cache)) || { articles: [], papers: [], opened: [] };
      await write(cache, { ...index, ends, text });
    });

  const dropArticles = async ({ cache, index }, isOut) => {
    const gone = index.articles.filter(isOut);
    index.articles = index.articles.filter((one) => !gone.includes(one));
    const used = new Set(index.articles.flatMap((one) => one.pictures));
    for (const one of gone) {
      for (const address of one.pictures) if (!used.has(address)) await cache.delete(address);
      await cache.delete(one.address);
    }
  };

  const dropPapers = async ({ cache, index }, isOut) => {
    for (const one of index.papers.filter(isOut)) await cache.delete(one.address);
    index.papers = index.papers.filter((one) => !isOut(one));
  };

  /* The portal no longer shows this address to this person. */
  const drop = (address) =>
    change(async (store) => {
      await dropArticles(store, (one) => one.address === address);
      await dropPapers(store, (one) => one.address === address);
    });

  self.Kept = { BOUNDS, wipe, current, change, open, drop, dropArticles, dropPapers };
})();
