// The desk: Enter in the words files the order, F8 hands it to the other desk.

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
  const hits = [...document.querySelectorAll("[data-hit]")];
  const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (along && hits.length && (hits.includes(event.target) || event.target.matches?.("[data-search]"))) {
    event.preventDefault();
    hits[Math.max(0, Math.min(hits.length - 1, hits.indexOf(event.target) + along))].focus();
  }
});
