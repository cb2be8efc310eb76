// "In lịch": the browser's own print. Without scripts the button stays hidden, and Ctrl+P does the same.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
