import { expect, it } from "vitest";
import { repeat } from "./repeat.js";

const quiet = { onStep: () => {}, signal: new AbortController().signal };
const phase = () => "";

it("does it so often as asked, telling how far it is", async () => {
  const steps: string[] = [];
  const bench = {
    ...quiet,
    onStep: (done: number, total: number, words: string) => steps.push(`${done}/${total} ${words}`),
  };
  let next = 0;
  const options = { count: 3, phase: (done: readonly number[]) => done.join(), once: async () => next++ };
  expect(await repeat(bench, options)).toEqual({ results: [0, 1, 2], cut: false });
  expect(steps).toEqual(["0/3 ", "1/3 0", "2/3 0,1"]);
});

it("keeps what was done before an interrupt", async () => {
  const controller = new AbortController();
  let next = 0;
  const once = async () => {
    if (next === 2) controller.abort();
    controller.signal.throwIfAborted();
    return next++;
  };
  expect(await repeat({ ...quiet, signal: controller.signal }, { count: 9, phase, once })).toEqual({
    results: [0, 1],
    cut: true,
  });
});

it("rejects when one of them fails, or when nothing was done before an interrupt", async () => {
  const failing = { count: 2, phase, once: () => Promise.reject(new Error("no server")) };
  await expect(repeat(quiet, failing)).rejects.toThrow("no server");
  await expect(repeat({ ...quiet, signal: AbortSignal.abort() }, failing)).rejects.toThrow("no server");
});
