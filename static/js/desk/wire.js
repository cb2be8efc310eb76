/* The way to the server: one request, its answer, a new token, a new sign-in. Nothing here knows what
   is being written. Status 0 is "no answer", 401 is "sign in again". */
(() => {
  "use strict";

  const PATIENCE = 10_000;
  const NOT_HIM = "Máy này đang đăng nhập bằng tài khoản khác. Đăng xuất tài khoản đó rồi thử lại.";
  const NO_ANSWER = "Chưa đăng nhập được: máy chủ không trả lời. Thử lại sau một phút.";

  window.deskWire = ({ account, username, signInUrl }) => {
    let token = document.querySelector("[name=csrfmiddlewaretoken]").value;

    const formOf = (fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value ?? "");
      return form;
    };

    const post = async (url, fields, keepalive = false) => {
      let answer;
      try {
        answer = await fetch(url, {
          method: "POST",
          body: formOf(fields),
          headers: { "X-CSRFToken": token, Accept: "application/json" },
          redirect: "manual",
          keepalive,
          signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.type === "opaqueredirect") return { status: 401, body: {} };
        const isJson = (answer.headers.get("Content-Type") || "").includes("json");
        if (isJson) return { status: answer.status, body: await answer.json() };
      } catch {
        return { status: 0, body: {} };
      }
      /* A page instead of an answer: an old token is 403, a fault of the server or its front is the rest. */
      return { status: answer.status === 403 ? 498 : 0, body: {} };
    };

    const pageAt = async (url) => {
      const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.type === "opaqueredirect") return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    };

    /* A sign-in changes the token; the page, asked anew, says it and whose desk it now is. */
    const renew = async () => {
      const page = await pageAt(location.pathname);
      const desk = page && page.querySelector("[data-desk]");
      if (!desk || desk.dataset.account !== account) return false;
      token = page.querySelector("[name=csrfmiddlewaretoken]").value;
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
      return true;
    };

    /* The sentence why not; "" when signed in. */
    const signIn = async (password) => {
      try {
        const page = await pageAt(signInUrl);
        if (page) {
          const csrfmiddlewaretoken = page.querySelector("form [name=csrfmiddlewaretoken]").value;
          const answer = await fetch(signInUrl, {
            method: "POST",
            body: formOf({ csrfmiddlewaretoken, username, password, next: "" }),
            redirect: "manual",
            signal: AbortSignal.timeout(PATIENCE),
          });
          if (answer.type !== "opaqueredirect") {
            const refusal = new DOMParser().parseFromString(await answer.text(), "text/html");
            const said = refusal.querySelector("[role=alert], main p");
            return said ? said.textContent.trim() : NO_ANSWER;
          }
        }
        return (await renew()) ? "" : NOT_HIM;
      } catch {
        return NO_ANSWER;
      }
    };

    const renewed = async () => {
      try {
        return await renew();
      } catch {
        return null;
      }
    };

    return { post, renewed, signIn };
  };
})();
