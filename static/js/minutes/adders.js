/* The two forms one key opens: a task from the line just written, a vote under the item. */
(() => {
  "use strict";

  window.minutesAdders = ({ here }) => {
    const openAdder = (id, first) => {
      const adder = document.getElementById(id);
      adder.open = true;
      adder.scrollIntoView({ block: "nearest" });
      adder.querySelector(first).focus();
      return adder.querySelector("form");
    };

    const giveTask = () => {
      const written = [...here().querySelectorAll("[data-text=conclusion]")].filter((form) => form.elements.text.value.trim());
      const line = document.activeElement.closest?.("[data-text=conclusion]") || written.at(-1);
      const form = openAdder("giao-nhiem-vu", "[name=title]");
      if (!line || !line.elements.text.value.trim()) return;
      const { key } = line.dataset;
      const list = form.elements.conclusion;
      if (![...list.options].some((option) => option.value === key)) list.append(new Option(line.elements.text.value.slice(0, 80), key));
      list.value = key;
      form.elements.title.value = line.elements.text.value.replace(/\s+/g, " ").slice(0, 400);
      form.elements.title.select();
    };

    const recordVote = () => {
      const form = openAdder("ghi-bieu-quyet", "[name=subject]");
      if (!form.elements.subject.value) form.elements.subject.value = here().querySelector(".work-title").textContent;
      form.elements.subject.select();
    };

    return { giveTask, recordVote };
  };
})();
