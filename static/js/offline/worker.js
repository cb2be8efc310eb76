/* Between the pages and the network: the network always first. Only when it does not answer at all is
   something shown that was kept: a paper of today, or the page that knows the kept articles. */
(() => {
  "use strict";

  const PREFIX = "khung:";
  const NAME = PREFIX + FRAME.version;
  const REFUSED = [403, 404, 410];
  const PARTS = ["style", "script", "image", "font"];

  /* Asked as a stranger: the frame is the same for everybody. */
  const bring = async () => {
    const cache = await caches.open(NAME);
    const asked = [FRAME.page, ...FRAME.parts].map((one) => new Request(one, { credentials: "omit", cache: "reload" }));
    await cache.addAll(asked);
    await self.skipWaiting();
  };

  const tidy = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
    for (const name of names) await caches.delete(name);
    await self.clients.claim();
  };

  const framed = async (address) => (await caches.open(NAME)).match(address, { ignoreVary: true });

  const kept = async (address) => {
    const store = await Kept.current();
    return store ? store.cache.match(address, { ignoreVary: true }) : undefined;
  };

  const paper = async (path, waiting) => {
    const store = await Kept.current();
    if (!store || !store.index.papers.some((one) => one.address === path)) return null;
    waiting(Kept.change(({ index }) => index.opened.push(path)));
    return store.cache.match(path, { ignoreVary: true });
  };

  const page = async (event, path) => {
    try {
      const response = await fetch(event.request);
      if (REFUSED.includes(response.status)) event.waitUntil(Kept.drop(path));
      return response;
    } catch (trouble) {
      const found = (await paper(path, (work) => event.waitUntil(work))) || (await framed(FRAME.page));
      if (found) return found;
      throw trouble;
    }
  };

  const part = async (request, address) => {
    try {
      return await fetch(request);
    } catch (trouble) {
      const found = (await framed(address)) || (await kept(address));
      if (found) return found;
      throw trouble;
    }
  };

  self.addEventListener("install", (event) => event.waitUntil(bring()));
  self.addEventListener("activate", (event) => event.waitUntil(tidy()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(event, pathname));
    else if (PARTS.includes(request.destination)) event.respondWith(part(request, pathname + search));
  });
})();
