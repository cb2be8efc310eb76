/* While a time, a place or a chair is being typed: the server's own warning of what it meets, in its own
   words. Without this file the warning comes once the form is sent. Not htmx: it calls every request
   that a later one replaces, or that leaving the page ends, an error. */
(() => {
  "use strict";

  const QUIET = 500;
  const place = document.querySelector("[data-clashes]");
  if (!place) return;
  const form = place.closest("form");
  let timer = 0;
  let asking = new AbortController();

  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.clashes, {
        method: "POST",
        body: new FormData(form),
        signal: asking.signal,
      });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch {
      // No network just now, or asked again meanwhile: what stands there stays.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, QUIET);
  });
})();
