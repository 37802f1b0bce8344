import { loadClassifier } from "../work/classify.js";

// Whoever imports this waits for the model; both protocols then share it.
const classify = await loadClassifier();

/** The classify work's answer, as both protocols send it. */
export async function predict(image: Buffer) {
  const { label, confidence, inferenceMs } = await classify(image);
  return { label, confidence, inference_ms: inferenceMs };
}
