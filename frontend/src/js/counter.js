// The desk: Enter in the words files the order, F8 hands it to the other desk, F9 makes it housekeeping, F7 a home alarm.

import { step } from "./keyboard.js";

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey && event.target.matches?.("textarea[data-enter]")) {
    event.preventDefault();
    const booking = event.target.form.querySelector(".booking[open]");
    (booking ?? event.target.form).querySelector("button[name=do]").click();
  }
  if (event.key === "Enter" && event.target.matches?.(".booking input")) {
    event.preventDefault();
    event.target.closest(".booking").querySelector("button[name=do]").click();
  }
  if (event.key === "F9" || event.key === "F7") {
    const booking = document.querySelector(event.key === "F9" ? "[data-f9]" : "[data-f7]");
    if (booking) { event.preventDefault(); booking.open = !booking.open; booking.querySelector("input").select(); booking.scrollIntoView({ block: "nearest" }); }
  }
  if (event.key === "F8") {
    const hand = document.querySelector("[data-f8]");
    if (hand) { event.preventDefault(); hand.click(); }
  }
  const into = event.key === "ArrowDown" && event.target.matches?.("[data-search]");
  const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!along || !(into || event.target.matches?.("[data-hit]"))) return;
  event.preventDefault();
  if (into) event.target.blur();
  step(along);
});

// What the items of the list come to is said before it is told on the phone; the server counts it again.
document.addEventListener("input", (event) => {
  const booking = event.target.closest?.(".booking");
  if (!booking?.querySelector("[data-sum]")) return;
  const sum = [...booking.querySelectorAll("[data-price]")].reduce((so, item) => so + Math.round(item.dataset.price * 100 * (parseFloat(item.value) || 0)), 0);
  const said = booking.querySelector("[data-sum]");
  said.textContent = sum ? `${said.dataset.words} ¥${(sum / 100).toFixed(2)}` : "";
});
