import { createRequire } from "node:module";
import { createRandom } from "./random.mjs";

export const side = 28;

/** All digits of the package, each `{ label, pixels }` with a byte a pixel, in an order that follows from `seed`. */
export function loadDigits(seed) {
  const mnist = createRequire(import.meta.url)("mnist");
  const digits = Array.from({ length: 10 }, (_, label) => digitsOf(label, mnist[label].raw)).flat();
  return createRandom(seed).shuffle(digits);
}

// The package holds each pixel as a rounded share of 255.
function digitsOf(label, shares) {
  const size = side * side;
  return Array.from({ length: Math.floor(shares.length / size) }, (_, index) => ({
    label,
    pixels: Uint8Array.from(shares.slice(index * size, (index + 1) * size), (share) =>
      Math.round(share * 255),
    ),
  }));
}

/** The same digit moved by whole pixels; what leaves the picture is lost, what comes in is black. */
export function moved(pixels, right, down) {
  const to = new Uint8Array(pixels.length);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [fromRow, fromColumn] = [row - down, column - right];
      if (fromRow < 0 || fromRow >= side || fromColumn < 0 || fromColumn >= side) continue;
      to[row * side + column] = pixels[fromRow * side + fromColumn];
    }
  }
  return to;
}
