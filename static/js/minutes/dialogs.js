/* The four dialogs of the desk: the keys, two versions of a text, signing in again, what was left behind. */
(() => {
  "use strict";

  /* Formatted text in a dialog is what the server cleaned; whatever comes from this browser is plain. */
  const show = (box, fields, nameOf) => {
    if ("body" in fields) box.innerHTML = fields.body || "<p>(trống)</p>";
    else {
      const who = fields.participant === undefined ? "" : `${nameOf(fields.participant)}: `;
      box.textContent = `${who}${fields.text || "(trống)"}`;
    }
  };

  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.innerText;

  const both = (theirs, mine) => {
    const main = "body" in mine ? "body" : "text";
    const joint = main === "body" ? "" : "\n";
    return { ...mine, [main]: `${theirs[main] || ""}${joint}${mine[main] || ""}` };
  };

  window.minutesDialogs = ({ texts, wire, journal, nameOf, placeOf, settled, takeBack }) => {
    const keys = document.getElementById("hop-phim");
    const twoTexts = document.getElementById("hop-hai-ban");
    const signIn = document.getElementById("hop-dang-nhap");
    const leftBehind = document.getElementById("hop-lay-lai");
    let asked = null;

    const open = (dialog) => {
      if (!document.querySelector("dialog[open]")) dialog.showModal();
    };

    for (const dialog of [keys, signIn, leftBehind]) {
      dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    }

    /* One dialog a conflict: put off with Esc it waits in the bar and does not come back by itself. */
    const askWhich = (text) => {
      if (asked && asked !== text && twoTexts.open) return;
      asked = text;
      const { sentence, theirs, mine } = text.conflict;
      twoTexts.querySelector("[data-sentence]").textContent = sentence;
      twoTexts.querySelector("[data-by]").textContent = theirs.by ? `, ${theirs.by} lưu ${theirs.at}` : "";
      show(twoTexts.querySelector("[data-theirs]"), theirs.fields, nameOf);
      show(twoTexts.querySelector("[data-mine]"), mine, nameOf);
      open(twoTexts);
    };

    twoTexts.addEventListener("click", (event) => {
      const choice = event.target.dataset.take;
      if (!choice) return;
      const text = asked;
      const { theirs } = text.conflict;
      const isGone = Object.keys(theirs.fields).length === 0;
      twoTexts.close();
      asked = null;
      if (choice === "theirs" && isGone) settled(text, null);
      else if (choice === "theirs") settled(text, theirs.fields);
      else if (choice === "both" && !isGone) settled(text, both(theirs.fields, text.fields));
      else settled(text, text.fields);
    });

    signIn.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const password = signIn.querySelector("[name=password]");
      const box = signIn.querySelector("[data-refused]");
      const refusal = await wire.signIn(password.value);
      password.value = "";
      box.hidden = !refusal;
      box.querySelector("div").textContent = refusal;
      if (refusal) return password.focus();
      signIn.close();
      texts.signedIn();
    });

    const askToSignIn = () => {
      open(signIn);
      signIn.querySelector("[name=password]").focus();
    };

    const showLeft = () => {
      const list = leftBehind.querySelector("[data-left]");
      const row = document.getElementById("mau-doan");
      const left = journal.left();
      list.replaceChildren(
        ...left.map(({ name, entry }) => {
          const item = row.content.firstElementChild.cloneNode(true);
          const { fields } = entry;
          item.querySelector("[data-where]").textContent = placeOf(entry);
          item.querySelector("[data-when]").textContent = new Date(entry.at).toLocaleString("vi-VN");
          const words = "body" in fields ? plain(fields.body) : fields.text;
          const who = fields.participant ? `${nameOf(fields.participant)}: ` : "";
          item.querySelector(".one-text").textContent = `${who}${words}`;
          const done = () => {
            journal.discard(name);
            item.remove();
            if (!list.children.length) leftBehind.close();
          };
          item.querySelector("[data-take-back]").addEventListener("click", () => {
            takeBack(entry);
            done();
          });
          item.querySelector("[data-discard]").addEventListener("click", done);
          return item;
        }),
      );
      open(leftBehind);
    };

    return { keys: () => open(keys), askWhich, askToSignIn, showLeft, leftBehind, isAsking: () => twoTexts.open };
  };
})();
