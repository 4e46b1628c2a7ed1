// The board asks every five seconds with what it has seen; an emergency sounds until somebody has taken it.

document.addEventListener("htmx:configRequest", (event) => {
  const seal = event.detail.elt.id === "board" && event.detail.elt.querySelector("[data-seal]");
  if (seal && event.detail.triggeringEvent?.type !== "stepTaken") event.detail.headers["If-None-Match"] = seal.dataset.seal;
});

let audio = null;
const calls = () => document.querySelector("[data-calls]");
const switches = () => document.querySelectorAll("[data-sound]");

function ready() {
  audio ??= new (window.AudioContext ?? window.webkitAudioContext)();
  if (audio.state === "suspended") audio.resume().catch(() => {});
  return audio.state === "running";
}

function strike(at, pitch) {
  const tone = audio.createOscillator();
  const loud = audio.createGain();
  tone.frequency.value = pitch;
  loud.gain.setValueAtTime(0.0001, at);
  loud.gain.exponentialRampToValueAtTime(0.4, at + 0.02);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
  tone.connect(loud).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.65);
}

// A door bell, two strokes, every three seconds. Browsers let a page sound only after somebody touched it.
function ring() {
  const sounding = calls() && ready();
  for (const button of switches()) button.hidden = !calls() || sounding;
  if (!sounding) return;
  strike(audio.currentTime, 659);
  strike(audio.currentTime + 0.35, 523);
}
if (document.getElementById("board")) setInterval(ring, 3000);
document.addEventListener("click", (event) => { if (event.target.closest("[data-sound]")) ready(); });
