/* How far the minutes are, and who else is at the desk. `here` is the section of the item that is open. */
(() => {
  "use strict";

  const { shape, setState, setText } = window.minutesSigns;

  window.minutesStanding = ({ root, here }) => {
    const showStanding = (body) => {
      for (const one of body.states) {
        const link = root.querySelector(`[data-open="${one.item}"]`);
        const isHere = one.item === here().dataset.item;
        setState(link.querySelector("[data-state] > *"), isHere ? { shape: "dot", tone: "now", word: "Đang ghi" } : one);
      }
      setText(root.querySelector("[data-present]"), body.present);
      setText(root.querySelector("[data-convened]"), body.convened);
      setText(root.querySelector("[data-sentence]"), body.sentence);
      const lacking = root.querySelector("[data-lacking]");
      const rows = body.lacking.map((sentence) => {
        const row = document.createElement("li");
        row.className = "is-left";
        const words = document.createElement("span");
        words.textContent = sentence;
        row.append(shape("ring"), words);
        return row;
      });
      if (lacking.textContent.trim() !== body.lacking.join("")) lacking.replaceChildren(...rows);
      lacking.hidden = !rows.length;
      root.querySelector("[data-complete]").hidden = rows.length > 0;
      const submit = document.querySelector("[data-submit-minutes]");
      if (submit && rows.length) submit.setAttribute("aria-disabled", "true");
      else if (submit) submit.removeAttribute("aria-disabled");
    };

    const showOthers = (others) => {
      const box = document.querySelector("[data-others]");
      const said = [...new Set(others.map((one) => `${one.name} (mục ${one.number})`))];
      box.hidden = !said.length;
      setText(box.querySelector("span"), said.length ? `Đang cùng mở: ${said.join(", ")}` : "");
      const beside = [...new Set(others.filter((one) => one.item === here().dataset.item).map((one) => one.name))];
      const note = here().querySelector("[data-same-item]");
      note.hidden = !beside.length;
      setText(note.querySelector("span"), beside.length ? `${beside.join(", ")} cũng đang mở mục này` : "");
    };

    return { showStanding, showOthers };
  };
})();
