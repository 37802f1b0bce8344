import sharp from "sharp";
import { loadDigitModel, type Prediction } from "./digit-model.js";
import { digitPixels } from "./digit-pixels.js";

/** What a call is answered. */
export interface Classification extends Prediction {
  /** From the image's bytes to the label, in ms; what the image waited for others meanwhile is in it. */
  readonly inferenceMs: number;
}

/**
 * Tells which digit a JPEG or PNG shows: post 002's work. Loads the model and runs once, so that the first call waits for
 * nothing. The classifier rejects with `InvalidRequest` as {@link digitPixels} does.
 */
export async function loadClassifier(): Promise<(image: Buffer) => Promise<Classification>> {
  const model = await loadDigitModel();
  const classify = async (image: Buffer) => {
    const began = performance.now();
    const prediction = model(await digitPixels(image));
    return { ...prediction, inferenceMs: performance.now() - began };
  };
  const background = { r: 0, g: 0, b: 0 };
  await classify(
    await sharp({ create: { width: 280, height: 280, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return classify;
}
