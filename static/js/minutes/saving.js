/* What is said of the saving: the word on top of the desk, and the banner when something is in the way. */
(() => {
  "use strict";

  const { shape, setText } = window.minutesSigns;

  /* `told` is called after each news, for what else depends on it. */
  window.minutesSaving = ({ texts, dialogs, hourOf, told }) => {
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
    const tell = ({ lostAt, needsSignIn, savedAt, refusal, unsent }) => {
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
      told();
    };

    const pressBanner = () => {
      if (texts.state.needsSignIn) return dialogs.askToSignIn();
      const conflict = texts.unsent().find((text) => text.conflict);
      if (conflict) return dialogs.askWhich(conflict);
      texts.sendAll();
    };

    return { tell, pressBanner };
  };
})();
