/* Parts of a page that stay fresh: the server's own words for them, asked for every few seconds and
   answered with 304 while nothing has changed. */
(() => {
  "use strict";

  const LOST = "Mất mạng: số đang hiện là số lúc trước, tự nối lại.";
  const ENDED = "Phiên làm việc đã hết. Tải lại trang để đăng nhập.";

  const say = (words) => {
    const place = document.getElementById("mang");
    if (place && place.textContent !== words) place.textContent = words;
  };

  document.querySelectorAll("[data-live]").forEach((part) => {
    let etag = "", shown = "";
    const ask = async () => {
      try {
        const response = await fetch(part.dataset.live, {
          headers: etag ? { "If-None-Match": etag } : {},
          cache: "no-store",
          redirect: "manual",
          signal: AbortSignal.timeout(8000),
        });
        if (response.type === "opaqueredirect" || response.status === 403 || response.status === 404) return say(ENDED);
        say(response.status >= 500 ? LOST : "");
        if (response.status !== 200) return;
        etag = response.headers.get("ETag") || "";
        const html = await response.text();
        if (html !== shown) part.innerHTML = shown = html;
      } catch {
        say(LOST);
      }
    };
    setInterval(ask, Number(part.dataset.every || 3) * 1000);
    ask();
  });
})();
