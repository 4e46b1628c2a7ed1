// The keyboard is a first-class hand: / n j k Enter a d c g? ?

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
const selected = () => document.querySelector("[data-row][aria-selected=true]");
// A / pressed out of habit where one types already: it asks for the field, it is not what is looked for.
const asksForSearch = (event) => event.key === "/" && event.target.matches("[data-search]") && !event.target.value;
let going = false;

function select(row) {
  selected()?.setAttribute("aria-selected", "false");
  if (!row) return;
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  const hit = row.querySelector("[data-hit]");
  if (hit) hit.focus(); else if (document.activeElement?.matches("[data-hit]")) document.activeElement.blur();
}

export function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest("[data-row]") ?? selected());
  select(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
}

function verb(letter) {
  const place = selected() ?? document;
  const button = place.querySelector(`[data-key="${letter}"]`);
  if (button) button.click();
}

const plain = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  n: () => document.querySelector("[data-new]")?.click(),
  j: () => step(1),
  k: () => step(-1),
  Enter: () => selected()?.querySelector("a[data-open]")?.click(),
  a: () => verb("a"), d: () => verb("d"), c: () => verb("c"),
  g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (asksForSearch(event)) { event.preventDefault(); return; }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (going) { going = false; document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click(); event.preventDefault(); return; }
  const act = plain[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The selection outlives a poll: rows are known by their number. Who types keeps the focus: a hit that took it made keys of letters.
let chosen = null;
document.addEventListener("htmx:beforeSwap", () => { chosen = selected()?.dataset.row ?? chosen; });
document.addEventListener("htmx:afterSwap", () => {
  if (chosen && !selected() && !typing(document.activeElement)) select(document.querySelector(`[data-row="${CSS.escape(chosen)}"]`));
});
