// A masked number shows while the button is held; each look is put on record by the server.

import { newKey } from "./frame.js";

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
let held = null;

async function show(button) {
  if (held) return;
  const place = button.parentElement.querySelector("[data-phone]");
  held = { place, masked: place.textContent };
  const body = new URLSearchParams({ key: newKey() });
  const answer = await fetch(button.dataset.reveal, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  if (!held || held.place !== place) return;
  if (answer.ok) place.textContent = (await answer.json()).phone;
}

function hide() {
  if (held) held.place.textContent = held.masked;
  held = null;
}

document.addEventListener("pointerdown", (event) => {
  const button = event.target.closest("[data-reveal]");
  if (button) show(button);
});
document.addEventListener("click", (event) => { if (event.target.closest("summary [data-reveal]")) event.preventDefault(); });
for (const over of ["pointerup", "pointercancel", "blur"]) window.addEventListener(over, hide);
document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.("[data-reveal]");
  if (button && (event.key === " " || event.key === "Enter") && !event.repeat) { event.preventDefault(); show(button); }
});
document.addEventListener("keyup", hide);
