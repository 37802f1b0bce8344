import { expect, test } from "vitest";
import type { Run } from "../../record/run.js";
import type { Warning } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { isNeeded, judgePrediction } from "../../verdicts/mechanisms.js";
import type { DesignCell, Outcome } from "../design.js";
import { grpcJsMechanism } from "./grpc-js.js";
import { tryMechanism } from "./try.js";

const here = {
  effort: { pairs: 1, blocks: 2, callsPerRound: 1, roundMs: 100 },
  otherNode: "",
  processors: 2,
};

interface World {
  /** What a call by grpc-js and one by bare HTTP/2 take at the tested size; at the other 0.3 and 0.2 ms. */
  readonly grpcMs: number;
  readonly http2Ms: number;
  readonly warnings?: readonly Warning[];
}

/** grpc-js' own cost, tried on runs that are made up. */
async function tried({ grpcMs, http2Ms, warnings = [] }: World) {
  const carry = async ({ name, options }: DesignCell): Promise<Outcome> => {
    const [grpc, http2] = name === "larger" ? [grpcMs, http2Ms] : [0.3, 0.2];
    const arms = [
      { name: "grpc", medianMs: grpc },
      { name: "grpc-http2", medianMs: http2 },
    ];
    const calls = sampleCalls({ arms, pairs: 10, blocks: 10, callsPerRound: 60 });
    const info = sampleInfo({ name, pairs: 10, foretold: options.foretold ?? [] });
    const run: Run = { info, folder: null, warnings, calls: async () => calls };
    return { kind: "run", run, wasThere: false };
  };
  const made = grpcJsMechanism.make(here);
  if ("leftOut" in made) throw new Error(made.leftOut);
  const [test] = (await tryMechanism(made, carry)).tests;
  const { ratio = null, without = null, caution = "" } = test ?? {};
  if (ratio === null || without === null) throw new Error("it was measured");
  return { ...test, verdict: judgePrediction(ratio, caution), needed: isNeeded(without, caution), ratio };
}

test("a cost that stays as it was is confirmed, and needed where its absence would say something else", async () => {
  const { verdict, needed, ratio } = await tried({ grpcMs: 0.5, http2Ms: 0.4 });
  expect([verdict, needed]).toEqual(["confirmed", "yes"]);
  expect(ratio.value).toBeCloseTo(1, 1);
});

test("a cost that is lost in a long call is confirmed and was not needed", async () => {
  const { verdict, needed } = await tried({ grpcMs: 10.1, http2Ms: 10 });
  expect([verdict, needed]).toEqual(["confirmed", "no"]);
});

test("a cost that grew is refuted, but not on a machine that others used", async () => {
  const grown = { grpcMs: 1, http2Ms: 0.4 };
  expect(await tried(grown)).toMatchObject({ verdict: "refuted", ratio: { value: expect.closeTo(2, 1) } });
  const warnings = [{ code: "busy-machine", message: "", advice: "" }] as const;
  expect(await tried({ ...grown, warnings })).toMatchObject({
    verdict: "undecided",
    caution: expect.stringContaining("runs before"),
  });
});
