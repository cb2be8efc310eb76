/* Speeches under an item: rows to read, and one form that goes from row to row. `here` is the section of
   the item that is open, `typed` hands a form's fields on to be saved. */
(() => {
  "use strict";

  const { fieldsOf, isBlank } = window.minutesFields;

  window.minutesOpinions = ({ root, texts, here, sectionOf, typed, newKey }) => {
    const form = root.querySelector("[data-text=opinion]");
    const place = form.closest("li");
    const speaker = window.minutesSpeakers(form.elements.participant, {
      chosen: () => form.elements.text.focus(),
    });
    const select = form.elements.participant;

    const nameOf = (person) => {
      const option = person && [...select.options].find((one) => one.value === person);
      return option ? option.textContent : "Chưa ghi tên người phát biểu";
    };

    const rowOf = (key) => root.querySelector(`[data-row=opinion][data-key="${key}"]`);

    const register = (row) => {
      const fields = {
        participant: row.dataset.participant,
        said_at: row.dataset.saidAt,
        text: row.querySelector(".said").textContent,
        response: row.dataset.response,
      };
      const item = row.closest("[data-item]").dataset.item;
      return texts.know({ kind: "opinion", key: row.dataset.key, item, revision: Number(row.dataset.revision), fields });
    };

    const newRow = (key, item) => {
      const row = document.getElementById("mau-y-kien").content.firstElementChild.cloneNode(true);
      row.dataset.key = key;
      row.querySelector("[name=row]").value = key;
      row.querySelector("[name=item]").value = item;
      const list = sectionOf(item).querySelector(".speech");
      if (place.parentElement === list && !form.dataset.editing) list.insertBefore(row, place);
      else list.append(row);
      return row;
    };

    const show = (text) => {
      const isHere = isOpen(text.key);
      const row = rowOf(text.key) || newRow(text.key, text.item);
      row.hidden = isHere;
      row.querySelector(".who").textContent = text.fields.participant
        ? `Đồng chí ${nameOf(text.fields.participant)}`
        : nameOf("");
      row.querySelector(".said-at").textContent = text.fields.said_at.replace(/^0?(\d+):(\d+)$/, "$1 giờ $2");
      row.querySelector(".said").textContent = text.fields.text;
      const answered = [...form.elements.response.options].find((one) => one.value === text.fields.response);
      row.querySelector(".chair").hidden = !text.fields.response;
      row.querySelector(".chair span").textContent = answered ? answered.textContent : "";
      count(text.item);
    };

    const count = (item) => {
      const section = sectionOf(item);
      const rows = section.querySelectorAll("[data-row=opinion]");
      section.querySelector("[data-count]").textContent = rows.length;
    };

    const now = () => {
      const date = new Date();
      return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
    };

    /* The form takes the place of the row it edits, or stands last with nothing in it. */
    const open = (text) => {
      const before = texts.texts.get(`opinion:${form.dataset.key}`);
      form.dataset.key = text ? text.key : newKey();
      form.dataset.revision = text ? text.revision : 0;
      form.dataset.editing = text ? "1" : "";
      fill(text ? text.fields : { participant: "", said_at: now(), text: "", response: "" });
      const list = here().querySelector(".speech");
      const row = text && rowOf(text.key);
      if (row) row.after(place);
      else list.append(place);
      form.elements.item.value = here().dataset.item;
      if (before) show(before);
      if (row) row.hidden = true;
      markUnsent();
    };

    const fill = (fields) => {
      for (const name of ["said_at", "text", "response"]) form.elements[name].value = fields[name];
      select.value = fields.participant;
      speaker.show();
    };

    const isEmpty = () => isBlank("opinion", fieldsOf(form));

    const finish = () => {
      if (isEmpty()) return speaker.input.focus();
      typed(form);
      open(null);
      speaker.input.focus();
      texts.sendAll();
    };

    const drop = () => {
      const text = texts.texts.get(`opinion:${form.dataset.key}`);
      if (text && text.revision > 0) return open(null);
      if (text) {
        rowOf(text.key)?.remove();
        texts.forget(text);
      }
      open(null);
      count(here().dataset.item);
      speaker.input.focus();
    };

    /* What waits for the network is marked beside the words while they are written. */
    const markUnsent = () => {
      const text = texts.texts.get(`opinion:${form.dataset.key}`);
      const isLate = texts.state.lostAt || texts.state.needsSignIn;
      form.querySelector("[data-unsent]").hidden = !(text && text.dirty && isLate);
    };

    /* The one being written is finished; with nothing in it, it is the place to go to. */
    const next = () => {
      if (!isEmpty()) return finish();
      place.scrollIntoView({ block: "nearest" });
      speaker.input.focus();
    };

    const edit = (row) => {
      open(register(row));
      form.elements.text.focus();
    };

    const isOpen = (key) => form.dataset.key === key;

    const begin = () => {
      for (const row of root.querySelectorAll("[data-row=opinion]")) register(row);
      if (!form.dataset.key) form.dataset.key = newKey();
      else rowOf(form.dataset.key).hidden = true;
      form.elements.key.value = form.dataset.key;
      if (!texts.texts.has(`opinion:${form.dataset.key}`)) open(null);
    };

    return { form, nameOf, rowOf, show, fill, open, isOpen, isEmpty, finish, drop, count, markUnsent, next, edit, begin };
  };
})();
