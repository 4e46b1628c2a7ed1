// The frame: the clock, the dialogs, and saying when the connection is gone.

const started = performance.now();
const clockAt = (element) => new Date(new Date(element.dataset.now).getTime() + performance.now() - started);

function tellTime() {
  for (const element of document.querySelectorAll("[data-now]")) {
    const shown = clockAt(element).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
    if (element.textContent !== shown) element.textContent = shown;
  }
}
setInterval(tellTime, 1000);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  for (const open of document.querySelectorAll("details[name=top][open]")) if (!open.contains(event.target)) open.open = false;
});
// On a phone the left column comes over the page and goes with Escape, with a press beside it, or with the page.
function showPages(open) {
  document.getElementById("pages")?.classList.toggle("is-open", open);
  document.querySelector("[data-menu]")?.setAttribute("aria-expanded", String(open));
}
const pagesShow = () => document.querySelector("[data-menu]")?.getAttribute("aria-expanded") === "true";
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-menu]")) showPages(!pagesShow());
  else if (pagesShow() && !event.target.closest("#pages")) showPages(false);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && pagesShow()) { showPages(false); document.querySelector("[data-menu]").focus(); } });

// A section of the left column stays as this person left it.
const foldOf = (section) => `fold:${document.body.dataset.person}:${section.dataset.fold}`;
const folding = (task) => { try { return task(); } catch { return null; /* a forbidden store: as the server says */ } };
for (const section of document.querySelectorAll("[data-fold]")) {
  if (!section.querySelector("[aria-current]") && folding(() => localStorage.getItem(foldOf(section)))) section.open = true;
  section.querySelector("summary").addEventListener("click", () => folding(() => section.open ? localStorage.removeItem(foldOf(section)) : localStorage.setItem(foldOf(section), "open")));
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

const offline = (yes) => document.body.classList.toggle("is-offline", yes);
document.addEventListener("htmx:sendError", () => offline(true));
document.addEventListener("htmx:timeout", () => offline(true));
document.addEventListener("htmx:beforeOnLoad", () => offline(false));

// A page from the browser's memory carries keys that were used already.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// What comes into the panel opens it; a refusal puts the focus where it belongs.
document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.target.closest?.("#panel");
  if (panel && panel.innerHTML.trim() && !panel.open) panel.showModal();
  const refusal = event.target.querySelector?.(".refusal[data-field]");
  const named = refusal?.dataset.field && `[name="${CSS.escape(refusal.dataset.field)}"]`;
  const field = named && (refusal.closest("form")?.querySelector(`${named}:checked`) ?? refusal.closest("form")?.querySelector(named));
  for (const wrong of refusal?.closest("form")?.querySelectorAll(".is-wrong") ?? []) wrong.classList.remove("is-wrong");
  if (field) { field.classList.add("is-wrong"); field.focus({ preventScroll: true }); }
  refusal?.scrollIntoView({ block: "nearest" });
  if (event.target.id === "step") event.target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("close", (event) => { if (event.target.id === "panel") event.target.replaceChildren(); }, true);

// "Not now" puts a form away; a step that stayed on its page closes the panel and says what was done.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-closes]")) return;
  const panel = event.target.closest("dialog");
  if (panel) panel.close(); else event.target.closest("#step")?.replaceChildren();
});
document.addEventListener("stepTaken", (event) => {
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
  const done = document.querySelector(".done");
  if (done && event.detail.done) { done.textContent = event.detail.done; setTimeout(() => { done.textContent = ""; }, 6000); }
});
document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-press]")?.click());

// A form that stays on its page is empty for the next one, with a key of its own: the last key belongs to what was filed.
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (event.detail.xhr.status !== 204 || !form?.elements.key) return;
  form.reset();
  form.elements.key.value = newKey();
  form.querySelector(".said")?.replaceChildren();
});
