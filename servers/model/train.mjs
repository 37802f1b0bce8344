// Trains the digit classifier and writes all that is committed of it: README.md says how to run it
// Everything is decided before the first step: what is held out is looked at once, at the end.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import sharp from "sharp";
import { loadDigits, moved, side } from "./digits.mjs";
import { useFastFilterGradient } from "./fast-filter-gradient.mjs";
import { createRandom } from "./random.mjs";

const seed = 2;
const heldOutCount = 2000;
const committedCount = 500;
const batchSize = 32;
/** One for each epoch. */
const learningRates = [...Array(10).fill(0.002), ...Array(4).fill(0.0005), 0.0001];
/** Digits are moved by up to so many pixels each way, so that one off the middle is known too. */
const mostMoved = 2;

tf.enableProdMode();
await tf.setBackend("cpu");
useFastFilterGradient();

const digits = loadDigits(seed);
const heldOut = digits.slice(0, heldOutCount);
const training = digits.slice(heldOutCount);
console.log(`${training.length} digits to train with, ${heldOut.length} held out`);

const model = makeModel();
await train(model);
const right = countRight(model, heldOut);
console.log(`${right} of ${heldOut.length} held-out digits are right`);

await model.save(tf.io.withSaveHandler(saveModel));
write(
  "trained.json",
  `${JSON.stringify({ seed, trained: training.length, heldOut: heldOut.length, right }, null, 2)}\n`,
);
write("held-out.gz", gzipSync(Buffer.concat(heldOut.slice(0, committedCount).map(asBytes)), { level: 9 }));
await writePictures();

function makeModel() {
  const weights = (offset) => ({ kernelInitializer: initializers.glorotUniform({ seed: seed + offset }) });
  return sequential({
    layers: [
      layers.conv2d({
        inputShape: [side, side, 1],
        filters: 12,
        kernelSize: 5,
        strides: 2,
        activation: "relu",
        ...weights(1),
      }),
      layers.conv2d({ filters: 24, kernelSize: 3, strides: 2, activation: "relu", ...weights(2) }),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax", ...weights(3) }),
    ],
  });
}

async function train(model) {
  const random = createRandom(seed + 4);
  const optimizer = tf.train.adam(learningRates[0]);
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  const anyMove = () => random.below(2 * mostMoved + 1) - mostMoved;
  for (const [epoch, learningRate] of learningRates.entries()) {
    const started = performance.now();
    optimizer.learningRate = learningRate;
    const order = random.shuffle(training);
    let loss = 0;
    for (let from = 0; from < order.length; from += batchSize) {
      const batch = order.slice(from, from + batchSize);
      const input = inputOf(batch.map(({ pixels }) => moved(pixels, anyMove(), anyMove())));
      const wanted = tf.oneHot(
        tf.tensor1d(
          batch.map(({ label }) => label),
          "int32",
        ),
        10,
      );
      loss += (await model.trainOnBatch(input, wanted)) * batch.length;
      tf.dispose([input, wanted]);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `epoch ${epoch + 1} of ${learningRates.length}: loss ${(loss / order.length).toFixed(4)}, ${seconds} s`,
    );
  }
}

function countRight(model, digits) {
  const answers = tf.tidy(() =>
    tf.argMax(model.predict(inputOf(digits.map(({ pixels }) => pixels))), 1).dataSync(),
  );
  return digits.filter(({ label }, index) => answers[index] === label).length;
}

/** White is 1, black 0. */
function inputOf(pictures) {
  const shares = Float32Array.from(Buffer.concat(pictures), (byte) => byte / 255);
  return tf.tensor4d(shares, [pictures.length, side, side, 1]);
}

async function saveModel({ modelTopology, weightSpecs, weightData }) {
  write("digits.json", `${JSON.stringify({ modelTopology, weightSpecs }, null, 2)}\n`);
  write("digits.bin", Buffer.from(weightData));
  return {
    modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON({ modelTopology, weightSpecs, weightData }),
  };
}

function asBytes({ label, pixels }) {
  return Buffer.concat([Buffer.of(label), pixels]);
}

/** The first held-out digit of each kind, ten times as large, so that a server must decode and scale it. */
async function writePictures() {
  for (let label = 0; label < 10; label++) {
    const { pixels } = heldOut.find((digit) => digit.label === label);
    const raw = { width: side, height: side, channels: 1 };
    const png = await sharp(pixels, { raw })
      .resize(side * 10, side * 10, { kernel: "cubic" })
      .png()
      .toBuffer();
    write(`../../data/images/digits/${label}.png`, png);
  }
}

function write(path, content) {
  const file = fileURLToPath(new URL(path, import.meta.url));
  mkdirSync(fileURLToPath(new URL(".", new URL(path, import.meta.url))), { recursive: true });
  writeFileSync(file, content);
}
