// The wall has no hand to scroll it: what does not fit below is counted, and its turn comes every ten seconds.

const TURN = 10_000;
let page = 0;

// A row has its own height whether it shows or not; the page shown is as many whole rows as fit above the rest line.
function lay(list) {
  const rows = [...list.querySelectorAll(".slot")];
  const rest = list.parentElement.querySelector("[data-rest]");
  for (const row of rows) row.hidden = false;
  if (!rest || !rows.length) return;
  const room = window.innerHeight - list.getBoundingClientRect().top;
  const height = rows[0].offsetHeight;
  rest.hidden = height * rows.length <= room - 12;
  if (rest.hidden) return;
  const fit = Math.max(1, Math.floor((room - 64) / height));
  const pages = Math.ceil(rows.length / fit);
  const first = (page % pages) * fit;
  rows.forEach((row, at) => { row.hidden = at < first || at >= first + fit; });
  rest.textContent = rest.dataset.rest.replace("{n}", rows.length - Math.min(fit, rows.length - first));
  rest.dataset.page = `${(page % pages) + 1}/${pages}`;
}

const layAll = () => { for (const list of document.querySelectorAll(".is-wall .column ol")) lay(list); };
if (document.querySelector(".is-wall")) {
  setInterval(() => { page += 1; layAll(); }, TURN);
  document.addEventListener("htmx:afterSwap", layAll);
  window.addEventListener("resize", layAll);
  document.fonts?.ready.then(layAll);
  layAll();
}
