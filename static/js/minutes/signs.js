/* Shapes, words and states on the minutes desk: how what is told looks. */
(() => {
  "use strict";

  const shape = (name) => {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "i");
    icon.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#i-${name}`);
    icon.append(use);
    return icon;
  };

  const setState = (box, { shape: name, tone, word }) => {
    box.className = `state${tone ? ` is-${tone}` : ""}`;
    box.replaceChildren(shape(name), word);
  };

  const setText = (box, words) => {
    if (box && box.textContent !== String(words)) box.textContent = words;
  };

  window.minutesSigns = { shape, setState, setText };
})();
