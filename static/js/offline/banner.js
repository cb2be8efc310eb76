/* A page that is open when the network goes: says so, and sends no form into the void. */
(() => {
  "use strict";

  const words = document.getElementById("mat-mang");
  if (!words) return;
  /* The desks say it in their own place, and send by themselves later. */
  const isDesk = document.body.classList.contains("is-desk") || document.getElementById("mang") !== null;
  const since = words.querySelector("[data-since]");
  const refused = words.querySelector("[data-refused]");

  const lost = () => {
    const now = new Date();
    since.textContent = `${now.getHours()} giờ ${String(now.getMinutes()).padStart(2, "0")}`;
    words.hidden = isDesk;
  };

  window.addEventListener("offline", lost);
  window.addEventListener("online", () => {
    words.hidden = refused.hidden = true;
  });
  /* After the page's own scripts, which send by themselves what they take over. */
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented || navigator.onLine) return;
    event.preventDefault();
    words.hidden = refused.hidden = false;
    words.querySelector("[role]").focus();
  });
  if (!navigator.onLine) lost();
})();
