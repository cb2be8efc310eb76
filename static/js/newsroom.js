/* The edit page of a news item: what is typed saves itself while nobody reads the item yet, who else has it
   open is said, and two versions of a text are laid side by side. A new page has no item: its first words
   make one, and the page becomes that item's. Without a script it is a plain form. */
(() => {
  "use strict";

  const PRESENCE = 8_000;
  const IDLE = 15 * 60_000;

  const root = document.querySelector("[data-article]");
  if (!root) return;

  const { account, savesItself } = root.dataset;
  let { article, saveUrl, presenceUrl } = root.dataset;
  const form = root.querySelector("form[data-text]");
  const desk = window.newDeskKey();
  const wire = window.deskWire({ account, username: "", signInUrl: "" });
  const journalOf = (key) => window.deskJournal({ about: `bai:${account}:${key}`, desk });
  let kept = journalOf(article || "moi");
  const journal = {
    keep: (...entry) => kept.keep(...entry),
    drop: (id) => kept.drop(id),
    discard: (name) => kept.discard(name),
    left: () => kept.left(),
  };
  const saving = {
    ...wire,
    post: async (_, fields, keepalive) => {
      const category = form.elements.category.value;
      const answer = await wire.post(saveUrl, article ? fields : { ...fields, category }, keepalive);
      if (answer.status === 200 && answer.body.article) become(answer.body);
      return answer;
    },
  };
  const texts = window.deskTexts({ wire: saving, journal, saveUrl, desk, tell: (news) => tell(news) });

  const saveState = root.querySelector("[data-save]");
  const others = root.querySelector("[data-others]");
  const banner = root.querySelector("[data-banner]");
  const conflict = root.querySelector("[data-conflict]");
  const offer = root.querySelector("[data-offer]");
  let lastActive = Date.now();
  let isLeaving = false;

  const editor = () => window.CKEDITOR && CKEDITOR.instances.id_body;
  const fieldsOf = () => ({
    title: form.elements.title.value,
    lead: form.elements.lead.value,
    body: editor() ? editor().getData() : form.elements.body.value,
  });

  const put = (fields) => {
    form.elements.title.value = fields.title;
    form.elements.lead.value = fields.lead;
    if (editor()) editor().setData(fields.body);
    else form.elements.body.value = fields.body;
  };

  const setText = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
  };

  let text = null;

  /* The first words of a new page have made a draft: from here on this is its edit page. */
  const become = (begun) => {
    kept.drop(text.id);
    article = String(begun.article);
    saveUrl = begun.save;
    presenceUrl = begun.presence;
    kept = journalOf(article);
    form.action = begun.edit;
    history.replaceState(null, "", begun.edit);
  };

  const tell = ({ lostAt, needsSignIn, savedAt, refusal, unsent }) => {
    if (!text) return;
    if (text.revision) form.elements.version.value = text.revision;
    let words = savedAt ? `Đã lưu ${savedAt}` : "";
    if (unsent.length) words = text.sending ? "Đang lưu…" : "Chưa lưu";
    if (lostAt) words = "Mất kết nối: chữ đang giữ trên máy này";
    if (words) setText(saveState, words);
    saveState.dataset.unsent = unsent.length;
    saveState.classList.toggle("is-bad", Boolean(lostAt || needsSignIn || text.refused));
    banner.hidden = !(needsSignIn || text.refused || refusal);
    setText(
      banner.querySelector("[data-words]"),
      needsSignIn
        ? "Phiên làm việc đã hết. Chữ đã gõ còn nguyên trên máy này: đăng nhập ở một thẻ khác, rồi bấm Gửi lại."
        : text.refused || refusal,
    );
    banner.querySelector("button").hidden = !needsSignIn;
    showConflict();
  };

  const showConflict = () => {
    if (!text.conflict || !conflict.hidden) return;
    const { sentence, theirs, difference } = text.conflict;
    setText(conflict.querySelector("[data-sentence]"), `${theirs.by} lưu lúc ${theirs.at}. ${sentence}`);
    /* The server's own words, escaped there. */
    conflict.querySelector("[data-difference]").innerHTML = difference;
    conflict.hidden = false;
    conflict.scrollIntoView({ block: "start" });
    conflict.focus();
  };

  conflict.addEventListener("click", (event) => {
    const choice = event.target.dataset.take;
    if (!choice) return;
    const { theirs } = text.conflict;
    conflict.hidden = true;
    if (choice === "theirs") put(theirs.fields);
    texts.settle(text, choice === "theirs" ? theirs.fields : fieldsOf());
  });

  const typed = () => {
    lastActive = Date.now();
    texts.type(text, fieldsOf());
  };

  const showOthers = (names) => {
    others.hidden = !names.length;
    setText(others.querySelector("span"), names.length ? `Đang cùng mở bài: ${names.join(", ")}` : "");
  };

  let breath = null;
  const breathe = async () => {
    clearTimeout(breath);
    breath = setTimeout(breathe, PRESENCE);
    if (!presenceUrl || document.hidden || texts.state.needsSignIn || Date.now() - lastActive > IDLE) return;
    const { status, body } = await wire.post(presenceUrl, { desk });
    if (status === 0) texts.lost();
    else if (status === 401) texts.state.needsSignIn = true;
    else if (status === 200) {
      if (text) texts.found();
      showOthers(body.others);
      const isNewer = text && body.revision > text.revision && !text.sending && !text.dirty;
      const stale = root.querySelector("[data-newer]");
      if (!text || isNewer) stale.hidden = body.revision <= Number(form.elements.version.value);
      else stale.hidden = true;
    }
    if (text) texts.say();
  };

  const offerLeft = () => {
    const left = journal.left();
    if (!left.length) return;
    const { name, entry } = left[left.length - 1];
    setText(
      offer.querySelector("[data-words]"),
      `Trên máy này còn chữ gõ lúc ${new Date(entry.at).toLocaleString("vi-VN")} chưa lưu được.`,
    );
    offer.hidden = false;
    offer.addEventListener("click", (event) => {
      const choice = event.target.dataset.left;
      if (!choice) return;
      if (choice === "take") {
        put(entry.fields);
        texts.type(text, entry.fields);
      }
      left.forEach((one) => journal.discard(one.name));
      journal.discard(name);
      offer.hidden = true;
    });
  };

  const start = () => {
    const revision = Number(form.elements.version.value);
    /* Of a new page nothing is saved, not even what was typed while the editor was being built. */
    const fields = article ? fieldsOf() : { title: "", lead: "", body: "" };
    text = texts.know({ kind: "article", key: article || "moi", item: "", revision, fields });
    form.elements.title.addEventListener("input", typed);
    form.elements.lead.addEventListener("input", typed);
    if (editor()) {
      editor().on("change", typed);
      /* The editor counts keys; dictation, spelling and some keyboards write without any. */
      editor().editable().attachListener(editor().editable(), "input", typed);
    } else form.elements.body.addEventListener("input", typed);
    offerLeft();
    if (!article) typed();
  };

  /* What is still unsent goes first, so that the form is saved on top of its own latest version. */
  form.addEventListener("submit", async (event) => {
    if (!text || isLeaving) return;
    event.preventDefault();
    const { submitter } = event;
    if (editor()) editor().updateElement();
    await texts.flush();
    if (text.conflict) return showConflict();
    isLeaving = true;
    form.elements.version.value = text.revision;
    /* Not from within this event: a form that is just being submitted ignores a second asking. */
    setTimeout(() => form.requestSubmit(submitter));
  });

  banner.querySelector("button").addEventListener("click", async () => {
    if (await wire.renewed()) texts.signedIn();
  });

  window.addEventListener("pagehide", () => texts.sendAll(true));
  window.addEventListener("beforeunload", (event) => {
    if (text && !isLeaving && texts.unsent().length) event.preventDefault();
  });

  if (savesItself) {
    const ready = editor();
    if (window.CKEDITOR && (!ready || ready.status !== "ready")) {
      CKEDITOR.on("instanceReady", start);
    } else start();
  }
  breathe();
})();
