// The desk: Enter in the words files the order, F8 hands it to the other desk.

import { step } from "./keyboard.js";

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey && event.target.matches?.("textarea[data-enter]")) {
    event.preventDefault();
    event.target.form.querySelector("button[name=do]").click();
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
