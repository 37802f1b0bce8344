// Makes photo.jpg beside this file: node data/images/make-photo.mjs
// A landscape of seeded noise. Only its size matters, so its grain is searched until the JPEG has the bytes wanted.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const wantedBytes = 1_580_000;
const width = 2400;
const height = 1600;
const ridges = 5;

/** A number from 0 to 1 for a point of the integer grid, always the same one. */
function hash(x, y, seed) {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

const smooth = (t) => t * t * (3 - 2 * t);
const mix = (from, to, t) => from + (to - from) * t;

/** Value noise: the grid's numbers, smoothly joined. */
function noise(x, y, seed) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(x - left), smooth(y - top)];
  const above = mix(hash(left, top, seed), hash(left + 1, top, seed), u);
  const below = mix(hash(left, top + 1, seed), hash(left + 1, top + 1, seed), u);
  return mix(above, below, v);
}

/** Octaves of value noise, each half as large and half as strong as the one before. */
function clouds(x, y, seed, octaves) {
  let sum = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(x * 2 ** octave, y * 2 ** octave, seed + octave) / 2 ** (octave + 1);
  }
  return sum;
}

function sky(x, y) {
  const t = y / height;
  const cloud = smooth(Math.min(1, Math.max(0, clouds(x / 700, y / 260, 10, 5) * 3 - 1.2)));
  return [mix(70, 235, t), mix(120, 190, t), mix(200, 150, t)].map((value) => mix(value, 240, cloud * 0.7));
}

/** Nearer ridges are lower in the picture, darker and rougher. */
function ridge(index, x, y) {
  const near = (index + 1) / ridges;
  const texture = clouds(x / 60, y / 40, 40 + index * 10, 4) - 0.5;
  const light = mix(150, 45, near) + texture * 90 * near;
  return [light * mix(1, 0.7, near), light, light * mix(1.15, 0.5, near)];
}

function ridgeTops(x) {
  return Array.from({ length: ridges }, (_, index) => {
    const roughness = clouds(x / mix(900, 350, index / ridges), index, 100 + index * 10, 6);
    return height * (0.3 + 0.14 * index + 0.28 * (roughness - 0.5));
  });
}

function scene() {
  const pixels = new Float32Array(width * height * 3);
  for (let x = 0; x < width; x++) {
    const tops = ridgeTops(x);
    for (let y = 0; y < height; y++) {
      const nearest = tops.findLastIndex((top) => y >= top);
      pixels.set(nearest < 0 ? sky(x, y) : ridge(nearest, x, y), (y * width + x) * 3);
    }
  }
  return pixels;
}

/** The same grain for all three colours, as a camera's sensor has most of it in brightness. */
function encode(pixels, grain, strength) {
  const grained = new Uint8ClampedArray(pixels.length);
  for (let index = 0; index < pixels.length; index++) {
    grained[index] = pixels[index] + strength * grain[(index / 3) | 0];
  }
  return sharp(grained, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

const pixels = scene();
const grain = Float32Array.from({ length: width * height }, (_, at) => hash(at, 0, 7) + hash(at, 1, 7) - 1);
let [weak, strong] = [0, 64];
let photo = await encode(pixels, grain, strong);
for (let step = 0; step < 16 && photo.length !== wantedBytes; step++) {
  const strength = (weak + strong) / 2;
  photo = await encode(pixels, grain, strength);
  if (photo.length < wantedBytes) weak = strength;
  else strong = strength;
}
if (Math.abs(photo.length / wantedBytes - 1) > 0.005) {
  throw new Error(`No grain gives ${wantedBytes} bytes; the nearest JPEG has ${photo.length}.`);
}
writeFileSync(fileURLToPath(new URL("photo.jpg", import.meta.url)), photo);
const sha256 = createHash("sha256").update(photo).digest("hex");
console.log(`photo.jpg: ${width} by ${height} pixels, ${photo.length} bytes, sha256 ${sha256}`);
