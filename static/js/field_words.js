/* What is missing in a form, in our words: a browser says "Please fill out this field" in the language of
   its installer. It goes on checking; only the sentence is ours. */
(() => {
  "use strict";

  const WORDS = {
    valueMissing: ({ type, tagName }) =>
      ({ checkbox: "Hãy đánh dấu ô này.", radio: "Hãy chọn một mục.", file: "Chưa chọn tệp." })[type] ??
      (tagName === "SELECT" ? "Hãy chọn một mục." : "Chưa ghi mục này."),
    badInput: () => "Ô này chỉ nhận số.",
    typeMismatch: ({ type }) => (type === "email" ? "Chưa đúng địa chỉ thư, ví dụ ten@donvi.vn." : "Chưa đúng địa chỉ."),
    rangeUnderflow: ({ min }) => `Số nhỏ nhất là ${min}.`,
    rangeOverflow: ({ max }) => `Số lớn nhất là ${max}.`,
    stepMismatch: () => "Hãy ghi số tròn.",
    tooShort: ({ minLength }) => `Hãy ghi ít nhất ${minLength} chữ.`,
    tooLong: ({ maxLength }) => `Hãy ghi không quá ${maxLength} chữ.`,
  };

  /* The browser takes a sentence of ours for a fault, so it goes before the next look at the form. */
  const forget = (form) => {
    for (const field of form?.elements ?? []) field.setCustomValidity?.("");
  };

  document.addEventListener("click", ({ target }) => forget(target.closest("button, [type=submit]")?.form), true);
  document.addEventListener("input", ({ target }) => forget(target.form), true);
  document.addEventListener(
    "invalid",
    ({ target }) => {
      const fault = Object.keys(WORDS).find((name) => target.validity[name]);
      if (fault) target.setCustomValidity(WORDS[fault](target));
    },
    true,
  );
})();
