/* Filling a form in by keys: a number chooses, and the next question has the keys. Works without. */
(() => {
  "use strict";

  for (const form of document.querySelectorAll("[data-together]")) {
    const groups = [...form.querySelectorAll("fieldset")];
    for (const hint of form.querySelectorAll("[data-together-keys]")) hint.hidden = false;

    form.addEventListener("keydown", (event) => {
      const group = event.target.closest("fieldset");
      if (!group || event.target.type !== "radio" || !/^[0-9]$/.test(event.key)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const radio = group.querySelectorAll('input[type="radio"]')[Number(event.key)];
      if (!radio) return;
      event.preventDefault();
      radio.checked = true;
      const next = groups[groups.indexOf(group) + 1];
      const place = next?.querySelector("input:checked") ?? next?.querySelector("input") ?? form.querySelector('button[type="submit"]');
      place?.focus();
    });
  }
})();
