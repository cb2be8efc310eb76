/* What the forms of the desk hold, as the texts that are sent know it. */
(() => {
  "use strict";

  const isBlank = (kind, fields) => !(fields.body || fields.text || fields.participant);

  const blankFields = (kind) =>
    kind === "opinion" ? { participant: "", said_at: "", text: "", response: "" } : kind === "block" ? { body: "" } : { kind: "", text: "" };

  /* `bodyOf` reads the block from its editor while that is raised. */
  const fieldsOf = (form, bodyOf) => {
    const { elements } = form;
    switch (form.dataset.text) {
      case "block":
        return { body: bodyOf(form) };
      case "opinion":
        return {
          participant: elements.participant.value,
          said_at: elements.said_at.value,
          text: elements.text.value,
          response: elements.response.value,
        };
      case "conclusion":
        return { kind: elements.kind.value, text: elements.text.value };
      default:
        return { text: elements.text.value };
    }
  };

  window.minutesFields = { fieldsOf, isBlank, blankFields };
})();
