// The resident's page: lets the name be drawn instead of typed, and shows news without a reload by hand.
import { padOn } from "./pad";

const LOOK_EVERY = 20_000;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign]")) drawable(form);
watch(document.querySelector<HTMLElement>("main[data-state]"));

function drawable(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("[data-pad]");
  const canvas = form.querySelector("canvas");
  const drawn = form.querySelector<HTMLInputElement>("input[name=drawn]");
  const trouble = form.querySelector<HTMLElement>("[data-trouble]");
  if (!box || !canvas || !drawn || !trouble) return;
  form.querySelector("[data-typed]")?.remove();
  box.hidden = false;
  const pad = padOn(canvas);
  form.querySelector("[data-clear]")?.addEventListener("click", () => pad.clear());
  form.addEventListener("submit", (event) => {
    trouble.hidden = !pad.isEmpty();
    trouble.textContent = pad.isEmpty() ? (form.dataset["missing"] ?? "") : "";
    if (pad.isEmpty()) event.preventDefault();
    else drawn.value = pad.drawing();
  });
}

/** Shows the page anew when something happened, unless somebody is filling in a form. */
function watch(main: HTMLElement | null): void {
  const address = main?.dataset["state"];
  if (!main || !address) return;
  let touched = false;
  main.addEventListener("input", () => (touched = true));
  main.addEventListener("pointerdown", (event) => (touched ||= event.target instanceof HTMLCanvasElement));
  setInterval(async () => {
    if (touched || document.hidden) return;
    const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && (await answer.text()) !== main.dataset["version"]) location.replace(location.pathname);
  }, LOOK_EVERY);
}
