/* On every page: keeps the article that is read, lets go of what may no longer be read, brings the papers
   of today's conferences. Where no worker can run (http on another machine's name) nothing is kept. */
(() => {
  "use strict";

  if (!("serviceWorker" in navigator) || !("caches" in window) || !navigator.locks) return;

  const { session, sessionEnds, worker, kept } = document.body.dataset;

  if (!session) {
    /* Nobody is signed in here any more. */
    Kept.wipe();
    return;
  }

  window.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]") && !event.defaultPrevented) Kept.wipe();
  });

  const plain = { redirect: "manual", cache: "no-store" };
  const isSignIn = (response) => response.type === "opaqueredirect" || response.status === 403;

  /* The text alone, as all its readers see it: no form, no name, nothing to press, one size of a picture. */
  const textOf = (article) => {
    const box = document.implementation.createHTMLDocument("").body;
    const shown = [...article.querySelectorAll(".article-head, .prose")];
    for (const piece of shown) box.append(box.ownerDocument.importNode(piece, true));
    const seen = shown.flatMap((piece) => [...piece.querySelectorAll("img")]);
    const pictures = [...box.querySelectorAll("img")].map((picture, place) => {
      const { pathname, search } = new URL(seen[place].currentSrc || seen[place].src);
      for (const name of ["srcset", "sizes", "loading"]) picture.removeAttribute(name);
      picture.setAttribute("src", pathname + search);
      return pathname + search;
    });
    for (const one of box.querySelectorAll("source, form, button, input, script, .no-print")) one.remove();
    return { html: box.innerHTML, pictures: [...new Set(pictures)] };
  };

  const keepPictures = async (cache, addresses) => {
    let bytes = 0;
    for (const address of addresses) {
      const response = await fetch(address, { redirect: "manual" });
      if (!response.ok) continue;
      const content = await response.blob();
      if (content.size > Kept.BOUNDS.picture) continue;
      bytes += content.size;
      await cache.put(address, new Response(content, { headers: { "Content-Type": content.type } }));
    }
    return bytes;
  };

  const keepArticle = (article) =>
    Kept.change(async (store) => {
      const { cache, index } = store;
      const address = location.pathname;
      const { html, pictures } = textOf(article);
      await Kept.dropArticles(store, (one) => one.address === address);
      const bytes = await keepPictures(cache, pictures);
      await cache.put(address, Response.json({ html }));
      const title = article.querySelector("h1").textContent.trim();
      index.articles.unshift({ pk: Number(article.dataset.keep), address, title, pictures, bytes, at: Date.now() });
      let whole = 0;
      const beyond = index.articles.filter(
        (one, place) => (whole += one.bytes) > Kept.BOUNDS.pictures || place >= Kept.BOUNDS.articles,
      );
      await Kept.dropArticles(store, (one) => beyond.includes(one));
    }, session);

  const bringPapers = async ({ cache, index }, files) => {
    const known = new Map(index.papers.map((one) => [one.address, one]));
    let whole = 0;
    const within = files.filter(
      (one) => one.size <= Kept.BOUNDS.paper && (whole += one.size) <= Kept.BOUNDS.papers,
    );
    index.papers = [];
    for (const one of within) {
      if (!known.has(one.address)) {
        if (navigator.connection && navigator.connection.saveData) continue;
        const response = await fetch(one.address, { ...plain, headers: { "X-Fetched-Ahead": "1" } });
        if (!response.ok) continue;
        await cache.put(one.address, response);
      }
      index.papers.push({ at: Date.now(), ...known.get(one.address), ...one });
    }
  };

  /* What was opened from the store while the network was away is told now: opened as any paper is. */
  const tellOpened = async (index) => {
    for (const address of index.opened) {
      const response = await fetch(address, plain);
      if (response.body) await response.body.cancel();
    }
    index.opened = [];
  };

  const compare = async () => {
    let isOver = false;
    await Kept.change(async (store) => {
      const { index } = store;
      const query = new URLSearchParams(index.articles.map((one) => ["bai", one.pk]));
      const response = await fetch(`${kept}?${query}`, plain);
      isOver = isSignIn(response);
      if (!response.ok) return;
      const { texts, files } = await response.json();
      await Kept.dropArticles(store, (one) => !texts.includes(one.pk));
      await Kept.dropPapers(store, (one) => !files.some((file) => file.address === one.address));
      await tellOpened(index);
      await bringPapers(store, files);
    }, session);
    if (isOver) await Kept.wipe();
  };

  const work = async () => {
    if (!(await navigator.serviceWorker.register(worker))) return;
    await Kept.open(session, Number(sessionEnds), document.documentElement.dataset.text || "");
    const article = document.querySelector("article[data-keep]");
    if (article) await keepArticle(article);
    await compare();
  };

  /* A network that goes away meanwhile, a full disk, a page left in the middle: nothing is lost by waiting
     for the next page. */
  window.addEventListener("load", () => work().catch(() => {}));
})();
