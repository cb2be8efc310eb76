/* Items are dragged into place, or moved with Alt and an arrow from any button of theirs. The buttons
   "Lên" and "Xuống" do the same without this file. The new order is sent as an ordinary form. */
(() => {
  "use strict";

  const list = document.querySelector(".agenda.is-sorted");
  const form = document.getElementById("thu-tu");
  if (!list || !form) return;

  const keys = () => [...list.children].map((row) => row.dataset.item).join(",");
  const before = keys();
  let held = null;

  const send = () => {
    if (keys() === before) return;
    form.elements.order.value = keys();
    form.submit();
  };

  const rowOf = (target) => (target instanceof Element ? target.closest(".agenda > li") : null);

  const isBelowMiddle = (row, y) => {
    const box = row.getBoundingClientRect();
    return y > box.top + box.height / 2;
  };

  for (const row of list.children) row.draggable = true;
  for (const hint of document.querySelectorAll(".js-only")) hint.hidden = false;

  list.addEventListener("dragstart", (event) => {
    held = rowOf(event.target);
    if (!held) return;
    held.classList.add("is-held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.item);
  });

  list.addEventListener("dragover", (event) => {
    const row = rowOf(event.target);
    if (!held || !row) return;
    event.preventDefault();
    if (row !== held) list.insertBefore(held, isBelowMiddle(row, event.clientY) ? row.nextSibling : row);
  });

  list.addEventListener("drop", (event) => {
    event.preventDefault();
    send();
  });

  list.addEventListener("dragend", () => {
    if (held) held.classList.remove("is-held");
    held = null;
  });

  list.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || !event.altKey || event.isComposing) return;
    if (event.key === "ArrowUp" && row.previousElementSibling) row.previousElementSibling.before(row);
    else if (event.key === "ArrowDown" && row.nextElementSibling) row.nextElementSibling.after(row);
    else return;
    event.preventDefault();
    send();
  });
})();
