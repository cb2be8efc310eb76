/* The roll-call desk: type, Enter, type, Enter. Without this script the same page works by plain forms.
   What is shown of a person is what the server said last, and over it this desk's unsent entries. */
(() => {
  "use strict";

  const EVERY = 2500, PATIENCE = 8000;
  const SAYS = { present: "present", left: "left", excused: "excused", absent: "absent", substitute: "substitute", clear: "not_arrived" };
  const IN_ROOM = ["present", "late"];
  const ENDED = "Phiên làm việc đã hết. Các lượt chưa gửi vẫn được giữ: đăng nhập lại rồi mở lại bàn này.";

  const form = document.getElementById("ban-diem-danh");
  const field = document.getElementById("tim-ten");
  if (!form || !field) return;
  const at = (id) => document.getElementById(id);
  const matched = at("khop"), everybody = at("moi-nguoi"), side = at("ben-canh");
  const { fold, fitOf } = window.RollFind;

  document.documentElement.classList.add("has-script");
  matched.querySelectorAll("[data-person]").forEach((row) => row.remove());
  matched.hidden = at("nguoi-khac").hidden = true;

  const people = [...everybody.querySelectorAll("[data-person]")].map((row, place) => ({
    id: row.dataset.person,
    row,
    place,
    name: row.querySelector(".who").textContent,
    folded: fold(row.querySelector(".who").textContent),
    text: row.dataset.text,
    role: row.dataset.role,
    server: [
      row.dataset.status || "not_arrived",
      ...[".fine", ".note"].map((part) => row.querySelector(`.said ${part}`)?.textContent || ""),
    ],
  }));
  const byId = new Map(people.map((person) => [person.id, person]));
  let group = form.dataset.group;
  let chosen = null;
  let panel = null;
  let byArrow = false;
  const made = [];

  /* -- What stands ------------------------------------------------------------------------- */

  const unsentOf = (person) => queue.entries().findLast((entry) => entry.person === person.id);
  const statusOf = (person) => SAYS[unsentOf(person)?.verb] || person.server[0];
  const isInRoom = (person) => IN_ROOM.includes(statusOf(person));
  const hour = (moment) => {
    const time = new Date(moment);
    return `${time.getHours()} giờ ${String(time.getMinutes()).padStart(2, "0")}`;
  };
  const fine = (text, kind = "fine") => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  };
  const copy = (selector) => document.querySelector(selector).content.cloneNode(true);
  const word = (status) => copy(`template[data-state="${status}"]`).textContent.trim();
  const say = (text) => {
    at("vua-noi").textContent = text;
  };

  const isIn = (person) => {
    const status = statusOf(person);
    if (group === "chua-den") return status === "not_arrived";
    if (group === "vang") return ["excused", "absent"].includes(status);
    return person.role === (group === "moi-du" ? "invited" : "official");
  };

  const showPerson = (person) => {
    const unsent = unsentOf(person);
    const status = statusOf(person);
    const [, times, note] = unsent ? ["", unsent.verb === "clear" ? "" : hour(unsent.made), unsent.words] : person.server;
    person.row.dataset.status = status;
    const cell = person.row.querySelector(".said");
    cell.replaceChildren(copy(`template[data-state="${status}"]`), " ", fine(times));
    if (note) cell.append(" ", fine(note, "fine note"));
    if (unsent) cell.append(" ", copy("#nhan-chua-gui"));
    if (person.row.parentElement === everybody) person.row.hidden = !isIn(person);
  };

  const showQueue = () => {
    const entries = queue.entries();
    const box = at("cho-gui");
    box.hidden = !entries.length;
    box.querySelector("ul").replaceChildren(
      ...entries.slice(-6).reverse().map((entry) => {
        const line = document.createElement("li");
        const name = document.createElement("b");
        name.textContent = entry.name;
        const what = entry.verb === "undo" ? "hoàn tác" : word(SAYS[entry.verb]).toLowerCase();
        line.append(`${hour(entry.made)}, `, name, `: ${what} `, copy("#nhan-chua-gui"));
        if (entry.verb !== "undo") {
          const button = document.createElement("button");
          button.type = "submit";
          button.className = "btn btn-dense btn-link";
          button.name = "undo";
          button.value = entry.key;
          button.append("Hoàn tác", fine(`: ${entry.name}`, "sr"));
          line.append(" ", button);
        }
        return line;
      }),
    );
    const words = queue.state.ended
      ? ENDED
      : entries.length && queue.state.lost
        ? `${entries.length} lượt chưa gửi, đang tự gửi lại`
        : lost
          ? "Mất mạng. Đồng chí cứ ghi tiếp."
          : "";
    if (at("mang").textContent !== words) at("mang").replaceChildren(...(words ? [copy("#bieu-tuong-mang"), words] : []));
  };

  const showAll = () => {
    people.forEach(showPerson);
    showQueue();
  };

  /* -- Finding ----------------------------------------------------------------------------- */

  const choose = (person) => {
    chosen?.row.classList.remove("is-at");
    chosen = person;
    chosen?.row.classList.add("is-at");
  };

  const matches = () =>
    people
      .map((person) => [fitOf(person, field.value), isInRoom(person), person.place, person])
      .filter(([fits]) => fits !== null)
      .sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2])
      .map(([, , , person]) => person);

  const find = () => {
    closePanel();
    const found = matches();
    everybody.append(...people.map((person) => person.row));
    matched.append(...found.slice(0, 12).map((person) => person.row));
    matched.hidden = at("nguoi-khac").hidden = !found.length;
    people.forEach((person) => {
      person.row.hidden = person.row.parentElement === everybody && !isIn(person);
    });
    byArrow = false;
    choose(found[0] || null);
    if (!field.value.trim()) return;
    if (!found.length) say(`Không có ai khớp với “${field.value}”. Xem lại cách viết.`);
    else say(`${found.length} đồng chí khớp. Đang chọn: ${found[0].name}, ${word(statusOf(found[0])).toLowerCase()}.`);
  };

  const step = (by) => {
    const rows = field.value.trim() ? [...matched.querySelectorAll("[data-person]")] : [...everybody.querySelectorAll("[data-person]:not([hidden])")];
    if (!rows.length) return;
    const now = chosen ? rows.indexOf(chosen.row) : -1;
    const next = byId.get(rows[Math.min(Math.max(now + by, 0), rows.length - 1)].dataset.person);
    byArrow = true;
    closePanel();
    choose(next);
    next.row.scrollIntoView({ block: "nearest" });
    say(`Đang chọn: ${next.name}, ${word(statusOf(next)).toLowerCase()}.`);
  };

  /* -- Marking ----------------------------------------------------------------------------- */

  const press = (verb, person, words = "") => {
    const entry = queue.add({ verb, person: person.id, name: person.name, words });
    made.push(entry);
    field.value = "";
    find();
    showPerson(person);
    field.focus();
    say(`${person.name}: ${word(SAYS[verb]).toLowerCase()}.`);
  };

  const undo = (key, name = "") => {
    const mine = made.findIndex((entry) => entry.key === key);
    const who = mine >= 0 ? made.splice(mine, 1)[0].name : name;
    if (!queue.takeBack(key)) queue.add({ verb: "undo", undone: key, name: who });
    showAll();
    field.focus();
    say(`Đã hoàn tác: ${who}.`);
  };

  const enter = () => {
    if (!chosen) return say(field.value.trim() ? `Không có ai khớp với “${field.value}”.` : "Gõ tên rồi bấm Enter.");
    const twins = byArrow ? [] : matches().filter((person) => person.folded === chosen.folded && !isInRoom(person));
    if (twins.length > 1) return say(`Có ${twins.length} đồng chí tên ${chosen.name}. Bấm ↓ chọn theo chức vụ, rồi Enter.`);
    if (isInRoom(chosen)) {
      field.select();
      return say(`${chosen.name} đã có mặt ${chosen.server[1]}.`);
    }
    press("present", chosen);
  };

  /* -- The panel for everything else ------------------------------------------------------- */

  function closePanel() {
    panel?.remove();
    panel = null;
  }

  const openPanel = (person, first) => {
    closePanel();
    choose(person);
    panel = copy("#bang-ghi").firstElementChild;
    panel.querySelector("#bang-ten").textContent = `Đồng chí ${person.name}`;
    panel.querySelector("[data-invited]").hidden = person.role === "official";
    panel.querySelector("#bang-du-thay").value = person.row.querySelector("[data-stand-in]")?.textContent ?? "";
    panel.querySelector("[data-correct]").href = person.row.querySelector(".acts a").href;
    panel.querySelector("[data-verb=left]").hidden = !isInRoom(person);
    panel.querySelector("[data-verb=clear]").hidden = statusOf(person) === "not_arrived";
    person.row.after(panel);
    panel.querySelector(first === "substitute" && person.role !== "official" ? "#bang-du-thay" : "#bang-ly-do").focus();
    if (first === "substitute" && person.role === "official") say("Đại biểu chính thức không cử người dự thay.");
  };

  const fromPanel = (verb) => {
    if (!verb) {
      closePanel();
      return field.focus();
    }
    const input = { excused: "#bang-ly-do", substitute: "#bang-du-thay" }[verb];
    const words = input ? panel.querySelector(input).value.trim() : "";
    if (verb === "substitute" && !words) {
      panel.querySelector(input).focus();
      return say("Dự thay thì phải ghi tên người dự thay.");
    }
    press(verb, chosen, words);
  };

  /* -- Keys and buttons -------------------------------------------------------------------- */

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: enter,
    Escape: () => {
      field.value = "";
      say("");
      find();
    },
    F2: () => chosen && openPanel(chosen, "excused"),
    F4: () => chosen && openPanel(chosen, "substitute"),
    F8: () => chosen && press("left", chosen),
  };

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const inPanel = panel?.contains(event.target);
    if (event.key.toLowerCase() === "z" && event.ctrlKey && !event.target.value) {
      event.preventDefault();
      const last = made.at(-1);
      if (last) undo(last.key);
      else say("Chưa có lượt nào của bàn này để hoàn tác.");
    } else if (inPanel && event.key === "Escape") {
      event.preventDefault();
      fromPanel("");
    } else if (inPanel && event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      fromPanel(event.target.closest("[data-for]").dataset.for);
    } else if (!inPanel && keys[event.key] && (event.target === field || event.key !== "Enter")) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  field.addEventListener("input", find);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "undo") undo(button.value, button.closest("li")?.querySelector("b")?.textContent || "");
    else if (button?.name === "mark") press("present", byId.get(button.closest("tr").dataset.person));
  });
  form.addEventListener("click", (event) => {
    const verb = event.target.closest("[data-verb]");
    const tab = event.target.closest("#nhom a");
    const link = event.target.closest(".acts a");
    if (!verb && !tab && !link) return;
    event.preventDefault();
    if (verb) fromPanel(verb.dataset.verb);
    else if (link) openPanel(byId.get(link.closest("tr").dataset.person), "excused");
    else {
      group = tab.dataset.group;
      at("nhom").querySelector("[aria-current]").removeAttribute("aria-current");
      tab.setAttribute("aria-current", "page");
      find();
    }
  });

  /* -- What other desks have marked -------------------------------------------------------- */

  let etag = "", lost = false, asking = false;

  const refresh = (part, html) => {
    if (part.dataset.html === html) return;
    const hadFocus = part.contains(document.activeElement);
    part.dataset.html = html;
    part.innerHTML = html;
    if (hadFocus) field.focus();
  };

  const ask = async () => {
    if (asking || queue.state.ended) return;
    asking = true;
    try {
      const response = await fetch(form.dataset.news, {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      lost = response.status >= 500;
      if (response.type === "opaqueredirect" || response.status === 403 || response.status === 404) queue.state.ended = true;
      if (response.status === 200) {
        const answer = await response.json();
        etag = response.headers.get("ETag") || "";
        for (const [id, said] of Object.entries(answer.people)) if (byId.has(id)) byId.get(id).server = said;
        for (const [code, one] of Object.entries(answer.groups)) at("nhom").querySelector(`[data-group="${code}"] span`).textContent = one.number;
        refresh(at("so-co-mat"), answer.counter);
        refresh(side, answer.side);
        showAll();
      }
    } catch {
      lost = true;
    }
    asking = false;
    showQueue();
  };

  const toReview = (name, words) => {
    const line = document.createElement("li");
    const who = document.createElement("b");
    who.textContent = name;
    line.append(who, `: ${words}`);
    at("bi-tu-choi").hidden = false;
    at("bi-tu-choi").querySelector("ul").prepend(line);
  };

  /* The queue tells of itself once before it has a name here. */
  let queueChanged = () => {};
  const queue = window.RollQueue.open({
    store: `diem-danh-${form.dataset.desk}`,
    address: form.dataset.entry,
    token: form.querySelector("[name=csrfmiddlewaretoken]").value,
    changed: () => queueChanged(),
    answered: (entry, answer) => {
      /* Who was taken off the list meanwhile is not on this page any more. */
      if (answer.person && byId.has(entry.person)) byId.get(entry.person).server = answer.person;
      if (answer.other) toReview(entry.name, answer.other);
      if (queue.entries().length <= 1) setTimeout(ask, 50);
    },
    refused: (entry, words) => toReview(entry.name, words),
  });

  window.addEventListener("beforeunload", (event) => {
    if (queue.entries().length) event.preventDefault();
  });
  window.addEventListener("online", ask);
  setInterval(() => document.hidden || ask(), EVERY);
  queueChanged = showAll;
  showAll();
  /* Somebody may have typed before this script was there. */
  if (field.value.trim()) find();
  ask();
})();
