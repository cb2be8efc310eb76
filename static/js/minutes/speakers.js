/* A list of people found by a few letters, marks not needed: "mau" finds "Vũ Văn Mậu". The list itself
   is the form's own select, which stays and carries the choice. */
(() => {
  "use strict";

  const MOST = 8;
  /* The rules of the roll-call desk: the given name first, initials will do. */
  const fitOf = (option, typed) => {
    const { find } = option.dataset;
    const [folded] = find.split(",");
    return typed ? window.RollFind.fitOf({ folded, text: find, name: option.textContent }, typed) : 0;
  };

  window.minutesSpeakers = (select, { chosen }) => {
    const input = document.createElement("input");
    const list = document.createElement("ul");
    const box = document.createElement("div");
    let active = -1;
    let fits = [];

    input.className = "input";
    input.id = select.id;
    input.autocomplete = "off";
    input.spellcheck = false;
    list.id = `${select.id}_list`;
    list.className = "combo-list";
    list.hidden = true;
    box.className = "combo";
    select.id = `${input.id}_select`;
    select.hidden = true;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
    })) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Người khớp với chữ vừa gõ");
    select.before(box);
    box.append(input, list, select);

    const label = () => (select.value ? select.selectedOptions[0].textContent : "");

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (place) => {
      active = place;
      [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === active)));
      const row = list.children[active];
      if (row) {
        input.setAttribute("aria-activedescendant", row.id);
        row.scrollIntoView({ block: "nearest" });
      }
    };

    const open = () => {
      const typed = input.value.trim();
      fits = [...select.options]
        .filter((option) => option.value)
        .map((option) => ({ option, fit: fitOf(option, typed) }))
        .filter(({ fit }) => fit !== null)
        .sort((one, other) => one.fit - other.fit)
        .slice(0, MOST)
        .map(({ option }) => option);
      list.replaceChildren(
        ...fits.map((option, index) => {
          const row = document.createElement("li");
          row.id = `${list.id}_${index}`;
          row.setAttribute("role", "option");
          row.textContent = option.textContent;
          row.addEventListener("mousedown", (event) => {
            event.preventDefault();
            pick(index);
          });
          return row;
        }),
      );
      list.hidden = fits.length === 0;
      input.setAttribute("aria-expanded", String(fits.length > 0));
      if (fits.length) {
        list.scrollIntoView({ block: "nearest" });
        mark(0);
      } else close();
    };

    const choose = (value) => {
      if (select.value === value) return;
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const pick = (place) => {
      choose(fits[place].value);
      input.value = label();
      close();
      chosen();
    };

    const show = () => {
      input.value = label();
      close();
    };

    input.addEventListener("input", (event) => {
      event.stopPropagation();
      open();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        else mark((active + (event.key === "ArrowDown" ? 1 : fits.length - 1)) % fits.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!list.hidden && active >= 0) pick(active);
        else chosen();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show();
      } else if (event.key === "Tab" && !list.hidden && input.value !== label()) {
        choose(fits[active].value);
        show();
      }
    });
    input.addEventListener("blur", () => {
      if (!input.value.trim()) choose("");
      show();
    });
    show();
    return { input, show };
  };
})();
