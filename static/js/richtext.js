/* The editor's own button for pictures, and the way every picture takes to the server: with the token of
   the form, as the session's CSRF cookie is closed to scripts. */
(() => {
  "use strict";

  const TYPES = ["image/jpeg", "image/png", "image/webp"];
  const LOST = "Không tải được ảnh lên: mất kết nối hoặc phiên làm việc đã hết. Ảnh chưa được lưu.";

  const tokenFor = (editor) => {
    const form = editor.element.$.form || document;
    const field = form.querySelector("[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };

  const messageIn = (text) => {
    try {
      return JSON.parse(text).error.message || LOST;
    } catch {
      return LOST;
    }
  };

  const send = async (editor, file) => {
    const body = new FormData();
    body.append("upload", file, file.name);
    const answer = await fetch(editor.config.imageUploadUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": tokenFor(editor) },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(messageIn(text));
    return JSON.parse(text);
  };

  const insert = (editor, picture) => {
    const element = editor.document.createElement("img");
    element.setAttributes({ src: picture.url, alt: "", width: picture.width, height: picture.height });
    editor.insertElement(element);
    editor.getSelection().selectElement(element);
    /* The dialog asks for the words that stand for the picture where it cannot be seen. */
    editor.execCommand("image");
  };

  const choose = (editor) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = TYPES.join(",");
    input.addEventListener("change", async () => {
      const note = editor.showNotification("Đang tải ảnh lên…", "progress", 0);
      try {
        insert(editor, await send(editor, input.files[0]));
      } catch (error) {
        editor.showNotification(error instanceof TypeError ? LOST : error.message, "warning");
      } finally {
        note.hide();
      }
    });
    input.click();
  };

  CKEDITOR.plugins.add("portalpicture", {
    requires: "image,notification",
    init(editor) {
      editor.addCommand("portalPicture", { async: true, exec: choose });
      editor.ui.addButton("PortalPicture", {
        label: "Tải ảnh lên",
        command: "portalPicture",
        toolbar: "insert",
        icon: "image",
      });
    },
  });

  /* The editor's own word for this field means the caption; the checker of the news names it like this. */
  CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "image") return;
    data.definition.getContents("info").get("txtAlt").label = "Lời tả ảnh cho người không nhìn được";
  });

  /* For pages with a `DeferredEditor`: the box becomes an editor when it is opened. */
  window.raiseEditor = (box, settings) => CKEDITOR.replace(box, settings);

  /* Pasted and dropped pictures: the request goes out from here, so that CKEditor neither adds a token
     nor sets a cookie of its own. */
  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("fileUploadRequest", (event) => {
      const loader = event.data.fileLoader;
      const proceed = loader.xhr.onload;
      loader.xhr.onload = () => {
        if (loader.xhr.status < 400) return proceed();
        loader.message = messageIn(loader.xhr.responseText);
        loader.changeStatus("error");
      };
      const body = new FormData();
      body.append("upload", loader.file, loader.fileName);
      loader.xhr.setRequestHeader("X-CSRFToken", tokenFor(editor));
      loader.xhr.send(body);
      event.stop();
    });
  });
})();
