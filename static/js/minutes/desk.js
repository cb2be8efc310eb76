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
  const texts = window.deskTexts({ wire, journal, saveUrl, desk, tell: (news) => tell(news) });

  const sections = [...root.querySelectorAll("[data-item]")];
  const sectionOf = (item) => sections.find((section) => section.dataset.item === String(item));
  let current = sections.find((section) => !section.hidden);
  const adding = root.querySelector(".adding");
  let editor = null;
  let editorShown = "";
  let lastActive = Date.now();

  /* ---- Fields and what they hold ---------------------------------------------------------------- */

  const opinionForm = root.querySelector("[data-text=opinion]");
  const opinionRow = opinionForm.closest("li");
  const speaker = window.minutesSpeakers(opinionForm.elements.participant, {
    chosen: () => opinionForm.elements.text.focus(),
  });
  const select = opinionForm.elements.participant;

  const nameOf = (person) => {
    const option = person && [...select.options].find((one) => one.value === person);
    return option ? option.textContent : "Chưa ghi tên người phát biểu";
  };

  const placeOf = ({ kind, item }) => {
    const section = sectionOf(item);
    const title = section ? section.querySelector(".kicker").textContent : "Mục đã bỏ";
    const words = { block: "diễn biến", opinion: "ý kiến phát biểu", conclusion: "kết luận", scratch: "nháp riêng" };
    return `${title}, ${words[kind]}`;
  };

  const fieldsOf = (form) => {
    const { elements } = form;
    switch (form.dataset.text) {
      case "block":
        return { body: editor && form.contains(editor.element.$) ? editor.getData() : elements.body.value };
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

  const isBlank = (kind, fields) => !(fields.body || fields.text || fields.participant);

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
    if (kind === "opinion") showOpinion(text);
  };

  const blankFields = (kind) =>
    kind === "opinion" ? { participant: "", said_at: "", text: "", response: "" } : kind === "block" ? { body: "" } : { kind: "", text: "" };

  /* ---- Opinions: rows to read, one form that goes from row to row -------------------------------- */

  const rowOf = (key) => root.querySelector(`[data-row=opinion][data-key="${key}"]`);

  const registerOpinion = (row) => {
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
    if (opinionRow.parentElement === list && !opinionForm.dataset.editing) list.insertBefore(row, opinionRow);
    else list.append(row);
    return row;
  };

  const showOpinion = (text) => {
    const isOpen = opinionForm.dataset.key === text.key;
    const row = rowOf(text.key) || newRow(text.key, text.item);
    row.hidden = isOpen;
    row.querySelector(".who").textContent = text.fields.participant
      ? `Đồng chí ${nameOf(text.fields.participant)}`
      : nameOf("");
    row.querySelector(".said-at").textContent = text.fields.said_at.replace(/^0?(\d+):(\d+)$/, "$1 giờ $2");
    row.querySelector(".said").textContent = text.fields.text;
    const answered = [...opinionForm.elements.response.options].find((one) => one.value === text.fields.response);
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
  const openOpinion = (text) => {
    const before = texts.texts.get(`opinion:${opinionForm.dataset.key}`);
    opinionForm.dataset.key = text ? text.key : newKey();
    opinionForm.dataset.revision = text ? text.revision : 0;
    opinionForm.dataset.editing = text ? "1" : "";
    fillOpinion(text ? text.fields : { participant: "", said_at: now(), text: "", response: "" });
    const list = current.querySelector(".speech");
    const row = text && rowOf(text.key);
    if (row) row.after(opinionRow);
    else list.append(opinionRow);
    opinionForm.elements.item.value = current.dataset.item;
    if (before) showOpinion(before);
    if (row) row.hidden = true;
    markUnsent();
  };

  const fillOpinion = (fields) => {
    for (const name of ["said_at", "text", "response"]) opinionForm.elements[name].value = fields[name];
    select.value = fields.participant;
    speaker.show();
  };

  const isOpinionBlank = () => isBlank("opinion", fieldsOf(opinionForm));

  const finishOpinion = () => {
    if (isOpinionBlank()) return speaker.input.focus();
    typed(opinionForm);
    openOpinion(null);
    speaker.input.focus();
    texts.sendAll();
  };

  const dropOpinion = () => {
    const text = texts.texts.get(`opinion:${opinionForm.dataset.key}`);
    if (text && text.revision > 0) return openOpinion(null);
    if (text) {
      rowOf(text.key)?.remove();
      texts.forget(text);
    }
    openOpinion(null);
    count(current.dataset.item);
    speaker.input.focus();
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
    if (!isOpinionBlank()) typed(opinionForm);
    dropEditor();
    current.hidden = true;
    current = next;
    current.hidden = false;
    openOpinion(null);
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
      if (opinionForm.dataset.key === text.key) fillOpinion(fields);
      showOpinion(text);
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
        rowOf(text.key)?.remove();
        if (opinionForm.dataset.key === text.key) openOpinion(null);
      } else {
        root.querySelector(`[data-text=conclusion][data-key="${text.key}"]`)?.closest("li").remove();
      }
      texts.forget(text);
      count(item);
    }
  };

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

  const showStanding = (body) => {
    for (const one of body.states) {
      const link = root.querySelector(`[data-open="${one.item}"]`);
      const isHere = one.item === current.dataset.item;
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
    const here = [...new Set(others.filter((one) => one.item === current.dataset.item).map((one) => one.name))];
    const note = current.querySelector("[data-same-item]");
    note.hidden = !here.length;
    setText(note.querySelector("span"), here.length ? `${here.join(", ")} cũng đang mở mục này` : "");
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

  /* ---- What is said of the saving ------------------------------------------------------------------ */

  const saveState = document.querySelector("[data-save]");
  const banner = document.querySelector("[data-banner]");

  const say = (name, tone, words) => {
    if (saveState.textContent.trim() === words) return;
    saveState.className = `state is-${tone}`;
    const said = document.createElement("span");
    said.textContent = words;
    saveState.replaceChildren(shape(name), said);
  };

  const warn = (name, heading, words, button) => {
    banner.hidden = !heading;
    if (heading) banner.querySelector("[data-icon]").replaceChildren(shape(name));
    setText(banner.querySelector("b"), heading);
    setText(banner.querySelector("span"), words);
    const press = banner.querySelector("button");
    press.hidden = !button;
    if (button) setText(press, button);
  };

  let asksSignIn = false;
  function tell({ lostAt, needsSignIn, savedAt, refusal, unsent }) {
    const conflict = unsent.find((text) => text.conflict);
    const waiting = `${unsent.length} đoạn chưa gửi`;
    if (needsSignIn) {
      say("lock", "wait", unsent.length ? waiting : "Cần đăng nhập lại");
      warn("lock", "Phiên làm việc đã kết thúc. Đồng chí cứ ghi tiếp.", "Chữ gõ vào được giữ trên máy này; đăng nhập lại là tự gửi.", "Đăng nhập lại");
      if (!asksSignIn) dialogs.askToSignIn();
      asksSignIn = true;
    } else if (lostAt) {
      say("offline", "wait", unsent.length ? waiting : "Mất mạng");
      const kept = unsent.length ? `${waiting} được giữ trên máy này, kể cả khi đóng trang` : "Chữ gõ vào được giữ trên máy này, kể cả khi đóng trang";
      warn("offline", `Mất mạng từ ${hourOf(lostAt)}. Đồng chí cứ ghi tiếp.`, `${kept}; có mạng là tự gửi. Đừng mở bàn ghi trên máy khác lúc này.`, "Thử gửi ngay");
    } else if (conflict) {
      say("question", "wait", "Có hai bản, chưa chọn");
      warn("question", "Một đoạn có hai bản.", "Cả hai còn nguyên. Chọn giữ bản nào để lưu tiếp.", "Xem hai bản");
    } else if (refusal) {
      say("warn", "wait", waiting);
      warn("warn", "Chưa lưu được.", refusal, "Thử gửi ngay");
    } else {
      warn("", "", "", "");
      if (savedAt) say("check", "good", `Đã lưu ${savedAt}`);
    }
    if (!needsSignIn) asksSignIn = false;
    for (const text of unsent) {
      if (text.conflict && !text.conflict.isAsked && !dialogs.isAsking()) {
        text.conflict.isAsked = true;
        dialogs.askWhich(text);
      }
    }
    saveState.dataset.unsent = unsent.length;
    markUnsent();
  }

  function markUnsent() {
    const text = texts.texts.get(`opinion:${opinionForm.dataset.key}`);
    const isLate = texts.state.lostAt || texts.state.needsSignIn;
    opinionForm.querySelector("[data-unsent]").hidden = !(text && text.dirty && isLate);
  }

  const pressBanner = () => {
    if (texts.state.needsSignIn) return dialogs.askToSignIn();
    const conflict = texts.unsent().find((text) => text.conflict);
    if (conflict) return dialogs.askWhich(conflict);
    texts.sendAll();
  };

  /* ---- Dialogs, and what a closed page left behind --------------------------------------------------- */

  const settled = (text, fields) => {
    if (fields === null) {
      rowOf(text.key)?.remove();
      root.querySelector(`[data-text=conclusion][data-key="${text.key}"]`)?.closest("li").remove();
      if (opinionForm.dataset.key === text.key) openOpinion(null);
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

  const dialogs = window.minutesDialogs({ texts, wire, journal, nameOf, placeOf, settled, takeBack });
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

  const openAdder = (id, first) => {
    const adder = document.getElementById(id);
    adder.open = true;
    adder.scrollIntoView({ block: "nearest" });
    adder.querySelector(first).focus();
    return adder.querySelector("form");
  };

  const giveTask = () => {
    const written = [...current.querySelectorAll("[data-text=conclusion]")].filter((form) => form.elements.text.value.trim());
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
    if (!form.elements.subject.value) form.elements.subject.value = current.querySelector(".work-title").textContent;
    form.elements.subject.select();
  };

  const suggest = () => {
    if (editor && !editorShown) {
      editor.setData(current.dataset.suggestion);
      editor.focus();
    }
  };

  const acts = {
    "next-item": () => step(1),
    "previous-item": () => step(-1),
    "finish-opinion": finishOpinion,
    "drop-opinion": dropOpinion,
    "edit-opinion": (button) => {
      const row = button.closest("[data-row]");
      openOpinion(registerOpinion(row));
      opinionForm.elements.text.focus();
    },
    "send-now": pressBanner,
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

  const newOpinion = () => {
    if (!isOpinionBlank()) finishOpinion();
    else {
      opinionRow.scrollIntoView({ block: "nearest" });
      speaker.input.focus();
    }
  };

  const shortcuts = {
    F2: conclude,
    F4: giveTask,
    F8: recordVote,
    "Ctrl+Enter": newOpinion,
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

  for (const row of root.querySelectorAll("[data-row=opinion]")) registerOpinion(row);
  for (const form of root.querySelectorAll("[data-text=conclusion]")) {
    giveKey(form);
    if (Number(form.dataset.revision)) textOf(form);
  }
  for (const form of root.querySelectorAll("[data-text=block], [data-text=scratch]")) textOf(form);
  if (!opinionForm.dataset.key) opinionForm.dataset.key = newKey();
  else rowOf(opinionForm.dataset.key).hidden = true;
  opinionForm.elements.key.value = opinionForm.dataset.key;
  if (!texts.texts.has(`opinion:${opinionForm.dataset.key}`)) openOpinion(null);
  prune();
  showOffer();
  raise();
  hideSuggestion();
  breathe();
})();
