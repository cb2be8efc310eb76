/* Signing out empties what the minutes desk keeps in this browser; unsent words are asked about first. */
(() => {
  "use strict";

  const KEPT = "bien-ban:";
  const ASK = "Trên máy này còn đoạn biên bản chưa gửi. Đăng xuất thì các đoạn đó mất. Vẫn đăng xuất?";

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    const names = Object.keys(localStorage).filter((name) => name.startsWith(KEPT));
    if (names.length && !window.confirm(ASK)) return event.preventDefault();
    for (const name of names) localStorage.removeItem(name);
  });
})();
