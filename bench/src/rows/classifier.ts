import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadDigitModel } from "@wirelab/servers/dist/work/digit-model.js";
import { digitPixels } from "@wirelab/servers/dist/work/digit-pixels.js";
import { projectRoot } from "wirelab/dist/root.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";

const mostMs = 10;

/** How long the digit classifier takes for a picture that is decoded already. */
export async function classifierRow({ smoke }: Bench): Promise<BenchRow> {
  const [warmup, calls] = smoke ? [10, 50] : [1000, 2000];
  const model = await loadDigitModel();
  const pictures = await Promise.all(Array.from({ length: 10 }, (_, digit) => pictureOf(digit)));
  const tellNext = (call: number) => model(pictures[call % 10] as Uint8Array);
  for (let call = 0; call < warmup; call++) tellNext(call);
  const times = Float64Array.from({ length: calls }, (_, call) => {
    const began = performance.now();
    tellNext(call);
    return performance.now() - began;
  });
  const took = rangeOf(times);
  return {
    what: "the digit classifier, model alone, warm: a picture of 28 by 28",
    bound: `median ≤ ${mostMs} ms`,
    said: rangeText(took, "ms", 2),
    holds: took.median <= mostMs,
  };
}

async function pictureOf(digit: number): Promise<Uint8Array> {
  return digitPixels(await readFile(join(projectRoot, "data", "images", "digits", `${digit}.png`)));
}
