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

// Days: dragging over the bars chooses them.
{
  let svg, first;
  const range = (a, b) => [[a.dataset.from, b.dataset.from].sort()[0], [a.dataset.to, b.dataset.to].sort()[1]];
  const bars = (s) => [...s.querySelectorAll("[data-from]")];
  const mark = (last) => {
    const [from, to] = range(first, last);
    for (const b of bars(svg)) b.classList.toggle("picked", b.dataset.from >= from && b.dataset.from <= to);
  };
  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-from]");
  document.addEventListener("pointerdown", (event) => {
    first = event.target.closest?.(".histogram [data-from]");
    svg = first?.closest("svg");
  });
  document.addEventListener("pointermove", (event) => {
    const last = svg && event.buttons ? under(event) : null;
    if (last && svg.contains(last)) mark(last);
  });
  document.addEventListener("pointerup", (event) => {
    const last = svg ? under(event) : null;
    if (last && svg.contains(last) && last !== first) {
      const [from, to] = range(first, last);
      const address = new URL(svg.dataset.base, location);
      address.searchParams.set("since", from);
      address.searchParams.set("to", to);
      location.assign(address);
    }
    svg = first = undefined;
  });
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.(".histogram")) event.preventDefault();
  });
}

// A link to what is folded away unfolds it.
{
  const unfold = () => {
    const to = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (to?.matches("details")) to.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
}

// What changes on the server is shown as it comes: each event is the list anew.
for (const place of document.querySelectorAll("[data-events]")) {
  const source = new EventSource(place.dataset.events);
  source.addEventListener("message", (event) => {
    if (place.innerHTML !== event.data) place.innerHTML = event.data;
  });
}

// Single keys: each stands for a button or a link, which it presses, or for a
// field, which it leads to. In a field they are what is written.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key.length !== 1 || key === '"' || key === "\\") return;
  const to = document.querySelector(`[data-key*="${key}"]`);
  if (!to) return;
  event.preventDefault();
  if (to.matches("button, a")) to.click();
  else to.focus();
});
