// One press is one step: the second click of a double click is nobody's wish, and a form rests while its step is under way.

const resting = new WeakSet();
const pressed = "form button, form [type=submit], [hx-post]";

function rest(form) {
  resting.add(form);
  form.setAttribute("aria-busy", "true");
}

function wake(form) {
  resting.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("click", (event) => {
  if (event.detail < 2 || !event.target.closest(pressed)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("submit", (event) => {
  if (!resting.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("submit", (event) => { if (!event.defaultPrevented && event.target.method === "post") rest(event.target); });

const formOf = (event) => event.detail.elt.closest?.("form");
document.addEventListener("htmx:beforeRequest", (event) => { const form = formOf(event); if (form && event.detail.elt === form) rest(form); });
// A step that leads to another page keeps its form at rest until that page is there.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (form && !event.detail.xhr.getResponseHeader("HX-Redirect")) wake(form);
});
