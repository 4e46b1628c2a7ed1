// A box to sign in with a finger: sharp on every screen, black on nothing.
import SignaturePad from "signature_pad";

export interface Pad {
  isEmpty: () => boolean;
  clear: () => void;
  /** The drawing as a PNG data address. */
  drawing: () => string;
  stop: () => void;
}

export function padOn(canvas: HTMLCanvasElement): Pad {
  const pad = new SignaturePad(canvas, { minWidth: 1.2, maxWidth: 3.2, penColor: "#111" });
  const fit = () => {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const drawn = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d")?.scale(ratio, ratio);
    pad.clear();
    pad.fromData(drawn);
  };
  fit();
  window.addEventListener("resize", fit);
  return {
    isEmpty: () => pad.isEmpty(),
    clear: () => pad.clear(),
    drawing: () => trimmed(canvas, pad),
    stop: () => {
      window.removeEventListener("resize", fit);
      pad.off();
    },
  };
}

const AROUND = 16;

/** The drawing without the empty paper around it. */
function trimmed(canvas: HTMLCanvasElement, pad: SignaturePad): string {
  const ratio = canvas.width / canvas.offsetWidth;
  const points = pad.toData().flatMap((stroke) => stroke.points);
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const [left, top] = [Math.max(0, Math.min(...xs) - AROUND) * ratio, Math.max(0, Math.min(...ys) - AROUND) * ratio];
  const right = Math.min(canvas.width, (Math.max(...xs) + AROUND) * ratio);
  const bottom = Math.min(canvas.height, (Math.max(...ys) + AROUND) * ratio);
  const cut = document.createElement("canvas");
  cut.width = Math.ceil(right - left);
  cut.height = Math.ceil(bottom - top);
  cut.getContext("2d")?.drawImage(canvas, left, top, cut.width, cut.height, 0, 0, cut.width, cut.height);
  return cut.toDataURL("image/png");
}
