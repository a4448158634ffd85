/* Small conveniences. Every page works without this file; nothing here keeps clinical text in the browser. */
(() => {
  "use strict";

  const root = document.documentElement;
  const csrf = () => {
    const cookie = document.cookie.split("; ").find((part) => /^(__Host-)?csrf=/.test(part));
    return cookie ? cookie.split("=")[1] : (document.querySelector('meta[name="csrf-token"]')?.content ?? "");
  };
  const remember = (name, value) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };

  /* a page of somebody's record that is printed is told to the trail, however printing was begun */
  addEventListener("beforeprint", () => {
    const mark = document.querySelector('meta[name="print-mark"]');
    if (!mark) return;
    const body = new URLSearchParams({ of: mark.content });
    fetch(mark.dataset.to, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrf() } });
  });

  /* htmx sends our CSRF token with every change */
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx.request;
    if (request.method !== "GET") request.headers["X-CSRFToken"] = csrf();
  });

  /* what is chosen while an answer is on its way stays chosen when the answer replaces that part of the page */
  const chosen = new Map();
  document.addEventListener("change", (event) => {
    const { name, type, value } = event.target;
    if (name && (type === "radio" || type === "select-one")) chosen.set(name, value);
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const [name, value] of chosen) {
      for (const input of document.getElementsByName(name)) {
        if (input.type === "radio" && input.value === value && !input.disabled) input.checked = true;
        if (input.type === "select-one" && [...input.options].some((option) => option.value === value)) input.value = value;
      }
    }
  });

  /* light, dark or as the device says: the choice is a cookie, so the next page comes in the right colours at once */
  const themeButtons = document.querySelectorAll("[data-theme-set]");
  const showTheme = () => {
    for (const button of themeButtons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === (root.dataset.theme ?? "")));
    }
  };
  for (const button of themeButtons) {
    button.addEventListener("click", () => {
      if (button.dataset.themeSet) root.dataset.theme = button.dataset.themeSet;
      else delete root.dataset.theme;
      remember("theme", button.dataset.themeSet);
      showTheme();
    });
  }

  /* a form that waited while somebody signed in again goes with the key of the new sign-in */
  for (const form of document.querySelectorAll("form[data-newest-token]")) {
    form.addEventListener("submit", () => {
      if (form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = csrf();
    });
  }

  /* a passkey that was not given: say so beside the button */
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const words of document.querySelectorAll("[data-passkey-problem]")) words.hidden = false;
  });

  /* the privacy screen blurs names, for use outdoors */
  for (const button of document.querySelectorAll("[data-privacy-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isOn = root.toggleAttribute("data-private");
      button.setAttribute("aria-pressed", String(isOn));
      remember("private", isOn ? "on" : "off");
    });
  }

  /* a form sent once is not sent again by a second click */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    /* after the browser has gathered the form, so that the button's own name and value go along */
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
    }, 0);
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  /* drafts save themselves, and say so */
  const PAUSE_MS = 2000;
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const state = form.querySelector("[data-autosave-state]");
    let timer = 0;
    let isDirty = false;
    let isSending = false;
    const say = (text, isBad = false) => {
      if (!state) return;
      state.textContent = text;
      state.classList.toggle("is-bad", isBad);
    };
    const save = async () => {
      clearTimeout(timer);
      if (!isDirty || isSending || form.dataset.sent) return;
      isDirty = false;
      isSending = true;
      say(state?.dataset.saving ?? "");
      try {
        const response = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch", Accept: "application/json" },
          keepalive: true,
        });
        const answer = await response.json().catch(() => ({}));
        if (response.status === 401) document.dispatchEvent(new Event("towpath:locked"));
        if (!response.ok) throw new Error(answer.message || answer.detail || String(response.status));
        if (answer.version !== undefined && form.elements.version) form.elements.version.value = answer.version;
        say(`${state?.dataset.saved ?? ""} ${answer.saved_at ?? ""}`.trim());
      } catch (problem) {
        isDirty = true;
        const reason = problem instanceof TypeError ? state?.dataset.offline : problem.message;
        say(`${state?.dataset.notSaved ?? ""} ${reason ?? ""}`.trim(), true);
      } finally {
        isSending = false;
      }
    };
    form.addEventListener("input", () => {
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
    });
    form.addEventListener("focusout", save);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "s") {
        event.preventDefault();
        isDirty = true;
        save();
      }
    });
  }

  /* a question before something that cannot be undone */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      dialog.addEventListener("close", () => opener.focus(), { once: true });
    }
    const closer = event.target.closest("[data-dialog-close]");
    const open = closer?.closest("dialog[open]");
    if (open) {
      event.preventDefault();
      open.close();
    }
    if (event.target.closest("[data-print]")) print();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("[data-slash-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  /* errors come first; what was swapped in is announced by its own role=status */
  document.querySelector("[data-focus-first]")?.focus();
})();
