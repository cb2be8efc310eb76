/* The minutes desk: what is on the page and what the keys do. Writing, saving and the dialogs are in the
   files beside this one. Without a script every part of it is a plain form. */
(() => {
  "use strict";

  const PRESENCE = 8_000;
  const IDLE = 15 * 60_000;

  const root = document.querySelector("[data-desk]");
  if (!root) return;

  const { account, username, meeting, saveUrl, presenceUrl, signInUrl } = root.dataset;

  const newKey = window.newDeskKey;
  const hourOf = (date) => `${date.getHours()} giờ ${String(date.getMinutes()).padStart(2, "0")}`;
  const desk = newKey();
  const wire = window.deskWire({ account, username, signInUrl });
  const journal = window.deskJournal({ about: `bien-ban:${account}:${meeting}`, desk });
  const texts = window.deskTexts({ wire, journal, saveUrl, desk, tell: (news) => saving.tell(news) });

  const sections = [...root.querySelectorAll("[data-item]")];
  const sectionOf = (item) => sections.find((section) => section.dataset.item === String(item));
  let current = sections.find((section) => !section.hidden);
  const adding = root.querySelector(".adding");
  let editor = null;
  let editorShown = "";
  let lastActive = Date.now();
  const here = () => current;

  /* ---- Fields and what they hold ---------------------------------------------------------------- */

  const placeOf = ({ kind, item }) => {
    const section = sectionOf(item);
    const title = section ? section.querySelector(".kicker").textContent : "Mục đã bỏ";
    const words = { block: "diễn biến", opinion: "ý kiến phát biểu", conclusion: "kết luận", scratch: "nháp riêng" };
    return `${title}, ${words[kind]}`;
  };

  const { isBlank, blankFields } = window.minutesFields;
  const bodyOf = (form) =>
    editor && form.contains(editor.element.$) ? editor.getData() : form.elements.body.value;
  const fieldsOf = (form) => window.minutesFields.fieldsOf(form, bodyOf);

  const opinions = window.minutesOpinions({ root, texts, here, sectionOf, newKey, typed: (form) => typed(form) });
  const adders = window.minutesAdders({ here });
  const { setText } = window.minutesSigns;
  const { showStanding, showOthers } = window.minutesStanding({ root, here });

  const textOf = (form) => {
    const { text: kind, key, revision } = form.dataset;
    const item = form.closest("[data-item]").dataset.item;
    return texts.know({ kind, key, item, revision: Number(revision), fields: fieldsOf(form) });
  };

  const typed = (form) => {
    const { text: kind, key } = form.dataset;
    const fields = fieldsOf(form);
    const known = texts.texts.get(`${kind}:${key}`);
    if (!known && isBlank(kind, fields)) return;
    const item = form.closest("[data-item]").dataset.item;
    const text =
      known || texts.know({ kind, key, item, revision: Number(form.dataset.revision), fields: blankFields(kind) });
    texts.type(text, fields);
    if (kind === "opinion") opinions.show(text);
  };

  /* ---- Conclusions: one line a thought ------------------------------------------------------------ */

  const giveKey = (form) => {
    if (!form.dataset.key) form.dataset.key = newKey();
    form.elements.key.value = form.dataset.key;
  };

  const newLine = (section, key = "") => {
    const line = document.getElementById("mau-ket-luan").content.firstElementChild.cloneNode(true);
    const form = line.querySelector("form");
    form.dataset.key = key;
    form.elements.item.value = section.dataset.item;
    giveKey(form);
    section.querySelector(".lines").append(line);
    return form;
  };

  const blankLine = (section) => {
    const last = [...section.querySelectorAll("[data-text=conclusion]")].at(-1);
    return last && !last.elements.text.value.trim() ? last : newLine(section);
  };

  const conclude = () => blankLine(current).elements.text.focus();

  /* ---- One item at a time ------------------------------------------------------------------------- */

  const dropEditor = () => {
    if (!editor) return;
    editor.destroy();
    editor = null;
  };

  const setEditor = (html) => {
    editor.setData(html, {
      callback: () => {
        editorShown = editor.getData();
      },
    });
  };

  const raise = () => {
    const form = current.querySelector("[data-text=block]");
    const box = form.elements.body;
    const raised = window.raiseEditor(box, { ...JSON.parse(root.dataset.editor), title: "Diễn biến", applicationTitle: "Khung soạn diễn biến" });
    editor = raised;
    const look = () => {
      if (editor !== raised || raised.getData() === editorShown) return;
      editorShown = raised.getData();
      typed(form);
      hideSuggestion();
    };
    raised.on("instanceReady", () => {
      editorShown = raised.getData();
      raised.editable().setAttribute("aria-label", "Diễn biến");
      /* The editor tells of a change a moment late; the last letters before a closed tab count too. */
      raised.editable().$.addEventListener("input", look);
    });
    raised.on("change", look);
  };

  const hideSuggestion = () => {
    const button = current.querySelector("[data-do=suggest]");
    if (button) button.hidden = Boolean(editorShown);
  };

  const openItem = (item) => {
    const next = sectionOf(item);
    if (!next || next === current) return;
    if (!opinions.isEmpty()) typed(opinions.form);
    dropEditor();
    current.hidden = true;
    current = next;
    current.hidden = false;
    opinions.open(null);
    blankLine(current);
    current.querySelector(".scratch").before(adding);
    raise();
    for (const link of root.querySelectorAll("[data-open]")) {
      if (link.dataset.open === String(item)) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    for (const field of root.querySelectorAll("[data-current-item]")) field.value = item;
    history.replaceState(null, "", `?muc=${item}`);
    root.querySelector(".zone-work").scrollTop = 0;
    const title = current.querySelector(".work-title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    breathe();
  };

  const step = (by) => {
    const next = sections[sections.indexOf(current) + by];
    if (next) openItem(next.dataset.item);
  };

  /* ---- What others wrote --------------------------------------------------------------------------- */

  const put = (text, fields) => {
    const form = root.querySelector(`[data-text="${text.kind}"][data-key="${text.key}"]`);
    if (text.kind === "opinion") {
      if (opinions.isOpen(text.key)) opinions.fill(fields);
      opinions.show(text);
    } else if (text.kind === "block") {
      form.elements.body.value = fields.body;
      if (current.contains(form) && editor) setEditor(fields.body);
    } else if (form) {
      for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
    }
  };

  const accept = (given, item, askedAt) => {
    const id = `${given.kind}:${given.key}`;
    let text = texts.texts.get(id);
    if (!text) {
      text = texts.know({ ...given, item });
      if (given.kind === "conclusion") newLine(sectionOf(item), given.key);
      put(text, given.fields);
      return;
    }
    if (text.dirty || text.sending || text.conflict || text.savedAt > askedAt) return;
    if (given.revision <= text.revision) return;
    text.revision = given.revision;
    text.saved = text.fields = given.fields;
    put(text, given.fields);
  };

  /* Taken out by somebody else: it leaves this page too, unless something is being written in it. */
  const takeOut = (given, item, askedAt) => {
    const alive = new Set(given.map((one) => `${one.kind}:${one.key}`));
    for (const text of [...texts.texts.values()]) {
      if (text.item !== String(item) || alive.has(text.id) || !text.revision) continue;
      if (text.dirty || text.sending || text.savedAt > askedAt) continue;
      if (text.kind === "opinion") {
        opinions.rowOf(text.key)?.remove();
        if (opinions.isOpen(text.key)) opinions.open(null);
      } else {
        root.querySelector(`[data-text=conclusion][data-key="${text.key}"]`)?.closest("li").remove();
      }
      texts.forget(text);
      opinions.count(item);
    }
  };

  let breath = null;
  const breathe = async () => {
    clearTimeout(breath);
    breath = setTimeout(breathe, PRESENCE);
    if (document.hidden || texts.state.needsSignIn || Date.now() - lastActive > IDLE) return;
    const askedAt = Date.now();
    const { item } = current.dataset;
    const { status, body } = await wire.post(presenceUrl, { item, desk });
    if (status === 0) texts.lost();
    else if (status === 401) texts.state.needsSignIn = true;
    else if (status === 498 && (await wire.renewed()) === false) texts.state.needsSignIn = true;
    else if (status === 200) {
      texts.found();
      if (body.refusal) texts.state.refusal = body.refusal;
      for (const one of body.texts) accept(one, item, askedAt);
      takeOut(body.texts, item, askedAt);
      showStanding(body);
      showOthers(body.others);
    }
    texts.say();
  };

  /* ---- Dialogs, and what a closed page left behind --------------------------------------------------- */

  const settled = (text, fields) => {
    if (fields === null) {
      opinions.rowOf(text.key)?.remove();
      root.querySelector(`[data-text=conclusion][data-key="${text.key}"]`)?.closest("li").remove();
      if (opinions.isOpen(text.key)) opinions.open(null);
      text.conflict = null;
      texts.forget(text);
      return;
    }
    texts.settle(text, fields);
    put(text, fields);
    texts.send(text);
  };

  const takeBack = (entry) => {
    if (!sectionOf(entry.item)) return;
    openItem(entry.item);
    const text = texts.know({ ...entry, fields: blankFields(entry.kind) });
    /* Only a text that stood as it stands now goes on; else the server asks which of the two. */
    text.revision = entry.revision;
    if (entry.kind === "conclusion" && !root.querySelector(`[data-key="${entry.key}"]`)) newLine(current, entry.key);
    texts.type(text, entry.fields);
    put(text, entry.fields);
    showOffer();
  };

  const dialogs = window.minutesDialogs({ texts, wire, journal, nameOf: opinions.nameOf, placeOf, settled, takeBack });
  const saving = window.minutesSaving({ texts, dialogs, hourOf, told: opinions.markUnsent });
  dialogs.leftBehind.addEventListener("close", () => showOffer());

  /* What the server has by now is no loss: it is forgotten without a word. */
  const prune = () => {
    for (const { name, entry } of journal.left()) {
      const text = texts.texts.get(`${entry.kind}:${entry.key}`);
      const isThere = text && JSON.stringify(Object.entries(text.saved).sort()) === JSON.stringify(Object.entries(entry.fields).sort());
      if (isThere || (!text && isBlank(entry.kind, entry.fields))) journal.discard(name);
    }
  };

  const showOffer = () => {
    const left = journal.left();
    const box = document.querySelector("[data-offer]");
    box.hidden = !left.length;
    if (!left.length) return;
    setText(box.querySelector("b"), `Trên máy này còn ${left.length} đoạn đã gõ mà chưa gửi được.`);
    setText(box.querySelector("span"), `Đoạn mới nhất lúc ${hourOf(new Date(left.at(-1).entry.at))}. Chưa có gì bị mất; xem rồi lấy lại hoặc bỏ.`);
  };

  /* ---- Buttons and keys ------------------------------------------------------------------------------ */

  const suggest = () => {
    if (editor && !editorShown) {
      editor.setData(current.dataset.suggestion);
      editor.focus();
    }
  };

  const acts = {
    "next-item": () => step(1),
    "previous-item": () => step(-1),
    "finish-opinion": opinions.finish,
    "drop-opinion": opinions.drop,
    "edit-opinion": (button) => opinions.edit(button.closest("[data-row]")),
    "send-now": saving.pressBanner,
    "take-back": dialogs.showLeft,
    keys: dialogs.keys,
    suggest,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && acts[button.dataset.do]) {
      event.preventDefault();
      acts[button.dataset.do](button);
      return;
    }
    const link = event.target.closest("[data-open]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openItem(link.dataset.open);
    }
  });

  const shortcuts = {
    F2: conclude,
    F4: adders.giveTask,
    F8: adders.recordVote,
    "Ctrl+Enter": opinions.next,
    "Ctrl+s": () => texts.flush(),
    "Ctrl+/": dialogs.keys,
    "Alt+ArrowDown": () => step(1),
    "Alt+ArrowUp": () => step(-1),
  };

  document.addEventListener(
    "keydown",
    (event) => {
      /* The keyboard is in the middle of a letter: nothing of it is ours. */
      if (event.isComposing || event.shiftKey || event.metaKey || (event.ctrlKey && event.altKey)) return;
      if (document.querySelector("dialog[open]")) return;
      const isList = event.target.matches("select");
      const name = `${event.ctrlKey ? "Ctrl+" : event.altKey ? "Alt+" : ""}${event.key}`;
      if (!shortcuts[name] || (isList && event.altKey)) return;
      event.preventDefault();
      event.stopPropagation();
      shortcuts[name]();
    },
    true,
  );

  const note = (event) => {
    const form = event.target.closest?.("[data-text]");
    /* The editor reports its own changes. */
    if (form && event.target.name && event.target.name !== "body") typed(form);
  };
  root.addEventListener("input", note);
  root.addEventListener("change", note);

  /* A plain form goes its way once everything typed is in the minutes. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.matches("[data-sign-in]")) return;
    event.preventDefault();
    const button = event.submitter;
    const line = form.matches("[data-text=conclusion]") ? texts.texts.get(`conclusion:${form.dataset.key}`) : null;
    if (button?.value === "conclusion_remove" && !(line && line.revision)) {
      if (line) texts.forget(line);
      form.elements.text.value = "";
      return;
    }
    if (form.dataset.text && !button?.value.endsWith("_remove")) return texts.flush();
    if (!(await texts.flush())) return texts.say();
    if (button?.name) {
      const act = document.createElement("input");
      Object.assign(act, { type: "hidden", name: button.name, value: button.value });
      form.append(act);
    }
    form.submit();
  });

  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => (lastActive = Date.now()), true);
  window.addEventListener("online", () => texts.sendAll());
  window.addEventListener("offline", () => {
    texts.lost();
    texts.say();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) texts.sendAll(true);
    else breathe();
  });

  /* ---- Begin ------------------------------------------------------------------------------------------ */

  for (const form of root.querySelectorAll("[data-text=conclusion]")) {
    giveKey(form);
    if (Number(form.dataset.revision)) textOf(form);
  }
  for (const form of root.querySelectorAll("[data-text=block], [data-text=scratch]")) textOf(form);
  opinions.begin();
  prune();
  showOffer();
  raise();
  hideSuggestion();
  breathe();
})();
