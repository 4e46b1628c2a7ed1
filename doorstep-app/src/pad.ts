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
    drawing: () => pad.toDataURL("image/png"),
    stop: () => {
      window.removeEventListener("resize", fit);
      pad.off();
    },
  };
}
