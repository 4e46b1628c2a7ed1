// The resident's page: lets the name be drawn instead of typed, and shows news without a reload by hand.
import { padOn } from "./pad";

const LOOK_EVERY = 20_000;

remember();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign]")) drawable(form);
watch(document.querySelector<HTMLElement>("main[data-state]"));

type Typed = HTMLInputElement | HTMLTextAreaElement;

/** Keeps what was typed or chosen, until it was sent: a reload or a lost network takes nothing away. */
function remember(): void {
  const place = `menling.typed.${location.pathname}`;
  const kept = JSON.parse(localStorage.getItem(place) ?? "{}") as Record<string, string>;
  const sent = new URLSearchParams(location.search).get("form");
  const keep = () => localStorage.setItem(place, JSON.stringify(kept));
  for (const name of Object.keys(kept)) if (sent && name.startsWith(`${sent}.`)) delete kept[name];
  keep();
  for (const form of document.querySelectorAll("form")) {
    const verb = form.action.split("/").pop() ?? "";
    for (const field of form.querySelectorAll<Typed>("textarea, input:not([type=hidden])")) {
      const name = `${verb}.${field.name}`;
      restore(field, kept[name]);
      field.addEventListener("input", () => {
        kept[name] = field.value;
        keep();
      });
    }
  }
}

function restore(field: Typed, value: string | undefined): void {
  if (value === undefined) return;
  if (field instanceof HTMLInputElement && field.type === "radio") field.checked ||= field.value === value;
  else field.value ||= value;
  field.closest("details")?.setAttribute("open", "");
}

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
    if (form.querySelector("[value=failed]:checked")) return; // what is not in order is not signed for
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
  if (location.search) history.replaceState(null, "", location.pathname); // thanks are said once
  let touched = false;
  main.addEventListener("input", () => (touched = true));
  main.addEventListener("pointerdown", (event) => (touched ||= event.target instanceof HTMLCanvasElement));
  setInterval(async () => {
    if (touched || document.hidden) return;
    const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && (await answer.text()) !== main.dataset["version"]) location.replace(location.pathname);
  }, LOOK_EVERY);
}
