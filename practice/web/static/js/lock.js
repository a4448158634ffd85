/* Says when the sign-in is about to lock, and hides the page once it has. What was typed stays in the page. */
(() => {
  "use strict";

  const lock = document.querySelector("[data-lock]");
  if (!lock) return;
  const [soon, now] = [lock.querySelector("[data-lock-soon]"), lock.querySelector("[data-lock-now]")];
  const WARNED_S = 120;
  let timer = 0;
  let isDirty = document.querySelector("[aria-invalid=true]") !== null;

  const csrf = () => {
    const cookie = document.cookie.split("; ").find((part) => /^(__Host-)?csrf=/.test(part));
    return cookie ? cookie.split("=")[1] : (document.querySelector('meta[name="csrf-token"]')?.content ?? "");
  };
  const page = () => document.querySelectorAll("body > *:not([data-lock]):not(script)");

  const show = (state) => {
    lock.hidden = state === "open";
    soon.hidden = state !== "soon";
    now.hidden = state !== "locked";
    for (const part of page()) part.inert = state === "locked";
    document.documentElement.toggleAttribute("data-locked", state === "locked");
  };
  const ask = async (method) => {
    const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
    if (method === "POST") headers["X-CSRFToken"] = csrf();
    const response = await fetch(lock.dataset.here, { method, headers, redirect: "error" });
    return response.ok ? (await response.json()).seconds_left : 0;
  };
  const look = async (method = "GET") => {
    clearTimeout(timer);
    let left;
    try {
      left = await ask(method);
    } catch {
      timer = setTimeout(look, 60_000);
      return;
    }
    if (left <= 0) {
      if (!isDirty) location.reload();
      show("locked");
      return;
    }
    show(left <= WARNED_S ? "soon" : "open");
    timer = setTimeout(look, Math.max(1, left > WARNED_S ? left - WARNED_S : left) * 1000 + 500);
  };

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[method=post]")) isDirty = true;
  });
  lock.querySelector("[data-lock-stay]").addEventListener("click", () => look("POST"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx?.response?.status === 401) look();
  });
  document.addEventListener("towpath:locked", () => look());

  look();
})();
