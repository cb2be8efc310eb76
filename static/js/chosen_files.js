/* Which files are chosen, in our words: a browser says it in the language of its installer. The field
   itself stays on top, unseen, and takes the click, the key and the file that is dropped. A module, so
   that a page with three such fields runs it once. */
const say = (field) => {
  const names = [...field.files].map((file) => file.name).join(", ");
  const many = field.files.length > 1 ? `${field.files.length} tệp: ` : "";
  field.parentElement.querySelector(".file-names").textContent = names ? many + names : "Chưa chọn tệp";
};

document.querySelectorAll(".file input").forEach((field) => {
  const names = field.parentElement.querySelector(".file-names");
  names.id = `${field.id}_chosen`;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${names.id}`.trim());
  field.parentElement.classList.add("is-dressed");
  field.addEventListener("change", () => say(field));
  // What the browser has kept while somebody went away and came back.
  say(field);
});
