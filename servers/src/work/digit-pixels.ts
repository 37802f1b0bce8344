import sharp from "sharp";
import { imageHeader } from "./image-header.js";
import { InvalidRequest } from "./invalid-request.js";

/** A digit is so many pixels wide and high, as those of MNIST. */
export const side = 28;

/**
 * Decodes a JPEG or PNG and scales it to 28 by 28 bytes of grey, a light digit on black as those of MNIST. What is
 * transparent is taken for white; a picture that is light along its edge is taken for a dark digit on paper and inverted;
 * one that isn't square keeps its shape, in the middle of black.
 * Rejects with {@link InvalidRequest} for any other image, a damaged one, and as {@link imageHeader} does.
 */
export async function digitPixels(image: Buffer): Promise<Uint8Array> {
  const { format } = await imageHeader(image);
  if (format !== "jpeg" && format !== "png") {
    throw new InvalidRequest(`The image must be a JPEG or PNG, and it is ${format}.`);
  }
  const { data, info } = await scaled(image);
  const edge = edgeOf(info.width, info.height);
  const light = edge.reduce((sum, at) => sum + (data[at] ?? 0), 0) / edge.length > 127.5;
  return inTheMiddle(light ? data.map((byte) => 255 - byte) : data, info);
}

async function scaled(image: Buffer) {
  try {
    return await sharp(image)
      .autoOrient()
      .flatten({ background: "white" })
      .greyscale()
      .resize(side, side, { fit: "inside" })
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch {
    // The header was good, so it is what follows.
    throw new InvalidRequest("The image can't be decoded: it is cut off or damaged.");
  }
}

function edgeOf(width: number, height: number): number[] {
  const all = Array.from({ length: width * height }, (_, at) => at);
  return all.filter((at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  });
}

function inTheMiddle(pixels: Uint8Array, { width, height }: { width: number; height: number }): Uint8Array {
  if (width === side && height === side) return pixels;
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const whole = new Uint8Array(side * side);
  for (let row = 0; row < height; row++) {
    whole.set(pixels.subarray(row * width, (row + 1) * width), (top + row) * side + left);
  }
  return whole;
}
