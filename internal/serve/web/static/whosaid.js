// What moves on the pages. Nothing here is needed for reading.
"use strict";

// Statements: whoever points at a part of one, or comes to it by keyboard, sees
// its source, cue and words together, in the text and in the list.
{
  const parts = (ids) => ids.flatMap((id) => [...document.querySelectorAll(`[data-s~="${CSS.escape(id)}"]`)]);
  const light = (on) => (event) => {
    const part = event.target.closest?.("[data-s]");
    if (!part) return;
    const ids = part.dataset.s.split(" ").filter(Boolean);
    for (const p of parts(ids)) p.classList.toggle("lit", on);
  };
  document.addEventListener("mouseover", light(true));
  document.addEventListener("mouseout", light(false));
  document.addEventListener("focusin", light(true));
  document.addEventListener("focusout", light(false));
}

// Buttons that copy the text of an element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).innerText;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Press Ctrl+C"; // the browser does not let a page copy
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
  }
});
