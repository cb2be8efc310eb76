/* Titles under a field while somebody types: arrows choose, Enter opens, Escape closes. A field with
   data-pick takes the title in instead: as its whole, or as one of several names with that sign between.
   Without it, and whenever it fails, the field is the plain field of a form. */
(() => {
  "use strict";

  const PAUSE = 180;

  const equip = (input, number) => {
    const address = input.dataset.suggest;
    const list = document.createElement("ul");
    const said = document.createElement("span");
    list.id = `goi-y-${number}`;
    list.className = "suggestions no-print";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Gợi ý");
    list.hidden = true;
    said.className = "sr";
    said.setAttribute("role", "status");
    input.after(list, said);
    input.parentElement.classList.add("has-suggestions");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", list.id],
      ["aria-expanded", "false"],
    ]) input.setAttribute(name, value);

    let timer = null;
    let asked = null;
    let chosen = -1;

    const pick = input.dataset.pick;
    const begins = () => (pick ? input.value.lastIndexOf(pick) + 1 : 0);
    const words = () => input.value.slice(begins()).trim();

    const take = (option) => {
      if (pick === undefined) return location.assign(option.dataset.url);
      const before = input.value.slice(0, begins());
      input.value = `${before}${before ? " " : ""}${option.dataset.title}${pick ? `${pick} ` : ""}`;
      close();
    };

    const close = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      said.textContent = "";
    };

    const choose = (place) => {
      const options = [...list.children];
      chosen = place;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      if (place < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    };

    const optionFor = ({ title, url, kind }, place) => {
      const option = document.createElement("li");
      const what = document.createElement("small");
      option.id = `${list.id}-${place}`;
      option.dataset.url = url;
      option.dataset.title = title;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      what.textContent = kind;
      option.append(title, " ", what);
      return option;
    };

    const show = (found) => {
      if (!found.length) return close();
      list.replaceChildren(...found.map(optionFor));
      list.hidden = false;
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", "true");
      said.textContent = `${found.length} gợi ý, dùng phím mũi tên để chọn`;
    };

    const ask = async () => {
      if (asked) asked.abort();
      asked = new AbortController();
      const typed = words();
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        if (!answer.ok || answer.redirected) return close();
        const { found } = await answer.json();
        if (typed === words() && document.activeElement === input) show(found);
      } catch {
        /* Asked anew meanwhile, or no network: the form works all the same. */
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (!words()) return close();
      timer = setTimeout(ask, PAUSE);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const count = list.children.length;
      if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : chosen - 1);
      else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });

    /* Before the field loses the focus, which would close the list. */
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
    input.addEventListener("blur", close);
  };

  document.querySelectorAll("[data-suggest]").forEach(equip);
})();
