// Minutes tick down between polls: what the server said by when is enough to know how it stands now.

const words = JSON.parse(document.getElementById("words")?.textContent ?? "null");
const clock = document.querySelector("[data-now]");
const skew = clock ? new Date(clock.dataset.now).getTime() - Date.now() : 0;
const say = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const DAYS = 48 * 60; // from so many minutes on a time is said in days
const HOURS = 100; // and from so many on in hours

function span(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  if (minutes < 60) return say(words.minutes, { n: minutes });
  if (minutes >= DAYS) return say(words.days, { n: Math.floor(minutes / 1440) });
  return say(words.hours, { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, "0") });
}

function stand(element, now) {
  const due = new Date(element.dataset.due).getTime();
  const armed = new Date(element.dataset.armed).getTime();
  const seconds = (due - now) / 1000;
  const breaks = !element.hasAttribute("data-shown"); // a target is shown and not counted: it presses, and is never broken
  const state = seconds < 0 && breaks ? "broken" : now >= due - (due - armed) / 4 ? "soon" : "open";
  const close = element.hasAttribute("data-seconds") && Math.abs(seconds) < HOURS * 60;
  const text = close ? exact(seconds) : element.hasAttribute("data-figure") ? figure(seconds, element) : say(seconds < 0 ? words.late : words.left, { d: span(seconds) });
  if (element.textContent !== text) element.textContent = text;
  for (const each of ["open", "soon", "broken"]) {
    element.classList.toggle(each, each === state);
    const around = element.closest(".promise, .next");
    if (around) around.classList.toggle(each, each === state);
  }
}

// On the wall the figure stands alone: minutes, hours and minutes, or days, with a minus once the promise is broken; there is no −0.
function figure(seconds, element) {
  const late = seconds < 0;
  const minutes = Math.max(late ? 1 : 0, Math.floor(Math.abs(seconds) / 60));
  const sign = late ? "−" : "";
  element.dataset.unit = minutes >= DAYS ? words.d : minutes < HOURS ? words.min : words.h;
  if (minutes >= DAYS) return `${sign}${Math.floor(minutes / 1440)}`;
  return minutes < HOURS ? `${sign}${minutes}` : `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

// The ten minutes of an emergency run to the second; what is long over is said in hours and days like everything else.
function exact(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  return `${seconds < 0 ? "−" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function tick() {
  if (!words) return;
  const now = Date.now() + skew;
  for (const element of document.querySelectorAll("[data-due]")) stand(element, now);
}
setInterval(tick, 1000);
document.addEventListener("htmx:afterSwap", tick);
tick();
