/* "Exit quickly": the page is covered at once, and another takes its place in the history. Without this file it is a plain link. */
(() => {
  "use strict";

  const link = document.querySelector("a[data-exit]");
  if (!link) return;
  const root = document.documentElement;

  const leave = () => {
    root.classList.add("is-leaving");
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  /* Shift three times within five seconds does the same; any other key begins anew, so writing in capitals leaves nothing */
  const PRESSES = 3;
  const WITHIN_MS = 5000;
  const status = document.querySelector("[data-exit-said]");
  let presses = 0;
  let timer = 0;
  const begin = () => {
    presses = 0;
    if (status) status.textContent = "";
  };
  document.addEventListener("keydown", (event) => {
    clearTimeout(timer);
    if (event.key !== "Shift") return begin();
    if (!event.repeat) presses += 1;
    if (presses >= PRESSES) return leave();
    if (status) status.textContent = presses === 1 ? status.dataset.two : status.dataset.one;
    timer = setTimeout(begin, WITHIN_MS);
  });

  addEventListener("pageshow", () => root.classList.remove("is-leaving"));
})();
