import { readFile } from "node:fs/promises";
import "@tensorflow/tfjs-backend-cpu";
import { enableProdMode, io, setBackend, type Tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { side } from "./digit-pixels.js";

/** What the model says of a picture. */
export interface Prediction {
  /** The likeliest digit. */
  readonly label: string;
  /** The model's own share for it, from 0 to 1. */
  readonly confidence: number;
}

/** Tells the digit in 28 by 28 bytes of grey, a light digit on black. */
export type DigitModel = (pixels: Uint8Array) => Prediction;

/** Loads the classifier that `servers/model/train.mjs` made. */
export async function loadDigitModel(): Promise<DigitModel> {
  // Without it TensorFlow.js writes an advertisement for its native backend to standard error.
  enableProdMode();
  await setBackend("cpu");
  const { modelTopology, weightSpecs } = JSON.parse((await modelFile("digits.json")).toString());
  const weightData = Uint8Array.from(await modelFile("digits.bin")).buffer;
  const model = await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData }));
  return (pixels) => {
    const shares = tidy(() => {
      const input = tensor4d(
        Float32Array.from(pixels, (byte) => byte / 255),
        [1, side, side, 1],
      );
      return (model.predict(input) as Tensor).dataSync<"float32">();
    });
    const label = shares.indexOf(Math.max(...shares));
    return { label: String(label), confidence: shares[label] ?? Number.NaN };
  };
}

// `src/work/` and `dist/work/` are equally deep, so this holds for the built file and for the tests.
function modelFile(name: string): Promise<Buffer> {
  return readFile(new URL(`../../model/${name}`, import.meta.url));
}
