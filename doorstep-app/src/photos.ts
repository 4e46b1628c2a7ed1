// Photos: made smaller on the phone before they travel.
const LONGEST = 1600;
const QUALITY = 0.8;

export async function smaller(file: File): Promise<Blob> {
  const image = await load(file);
  const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", QUALITY));
}

/** A photo as a text, so that it waits with its step until there is a network. */
export async function asText(file: File): Promise<string> {
  const picture = await smaller(file);
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("not a picture"));
    reader.readAsDataURL(picture);
  });
}

function load(file: File): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("not a picture"));
    image.src = URL.createObjectURL(file);
  });
}
