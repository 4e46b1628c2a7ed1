// Nothing typed is lost: what is in a form with data-draft is kept on this PC for this person until it was filed.

const nameOf = (form) => `draft:${document.body.dataset.person}:${form.dataset.draft}`;
const kept = (field) => field.name && !["hidden", "password", "file"].includes(field.type);

function keep(form) {
  const typed = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (field.type === "radio") { if (field.checked) typed[field.name] = field.value; }
    else if (field.type === "checkbox") typed[field.name] = field.checked;
    else if (field.value) typed[field.name] = field.value;
  }
  try { localStorage.setItem(nameOf(form), JSON.stringify(typed)); } catch { /* a full or forbidden store loses drafts, not orders */ }
}

function restore(form) {
  let typed = null;
  try { typed = JSON.parse(localStorage.getItem(nameOf(form))); } catch { return; }
  if (!typed) return;
  for (const field of form.elements) {
    if (!kept(field) || !(field.name in typed)) continue;
    if (field.type === "radio") field.checked = field.value === typed[field.name];
    else if (field.type === "checkbox") field.checked = typed[field.name];
    else if (!field.value) field.value = typed[field.name];
  }
}

export const forget = (form) => { try { localStorage.removeItem(nameOf(form)); } catch { /* nothing was kept */ } };

document.addEventListener("input", (event) => { if (event.target.form?.dataset.draft) keep(event.target.form); });
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.detail.elt.closest?.("form[data-draft]");
  if (form && event.detail.xhr.status < 300) forget(form);
});

// A form that was open when the page was reloaded opens again with what was typed: the address remembers which.
const remember = (verb) => {
  const here = new URL(location.href);
  if (verb) here.searchParams.set("do", verb); else here.searchParams.delete("do");
  history.replaceState(history.state, "", here);
};
document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.target.id === "step" && event.target.querySelector("form[data-draft]");
  if (form) remember(form.dataset.draft.split("/").pop());
});
document.addEventListener("click", (event) => { if (event.target.closest("#step [data-closes]")) remember(""); });
const restoreIn = (root) => { for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) restore(form); };
document.addEventListener("htmx:afterSettle", (event) => restoreIn(event.target));
restoreIn(document);
