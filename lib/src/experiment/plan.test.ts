import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WirelabError } from "../errors.js";
import { makePlan, type PlanOptions } from "./plan.js";

describe("makePlan", () => {
  it("puts every arm into every block exactly once, in an order that only the seed decides", () => {
    const sizes = fc.record({
      pairs: fc.integer({ min: 1, max: 4 }),
      blocks: fc.integer({ min: 1, max: 6 }),
      warmupBlocks: fc.integer({ min: 0, max: 4 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, (options) => {
        const arms = ["function", "rest", "grpc"];
        const plan = makePlan({ arms, ...options });
        expect(plan.order.length).toBe(options.pairs);
        for (const pair of plan.order) {
          expect(pair.length).toBe(options.blocks + options.warmupBlocks);
          for (const block of pair) expect([...block].sort()).toEqual([...arms].sort());
        }
        expect(makePlan({ arms, ...options }).order).toEqual(plan.order);
      }),
    );
  });

  it("starts each server with the protocols that it is called by, and none that nobody calls", () => {
    const arms = [
      { name: "function", server: 3 },
      { name: "rest" },
      { name: "rest-new-connection", server: 1 },
      { name: "grpc", server: 1 },
      { name: "grpc-stream", server: 2 },
    ];
    expect(makePlan({ arms }).servers).toEqual([
      { server: 0, protocols: ["rest"], workers: 1 },
      { server: 1, protocols: ["rest", "grpc"], workers: 1 },
      { server: 2, protocols: ["grpc"], workers: 1 },
    ]);
    expect(makePlan({ arms: ["function"] }).servers).toEqual([]);
  });

  it("gives a server the workers that its arms ask for, whatever an arm says that calls none", () => {
    const two = { name: "rest-2-workers", arm: "rest", server: 1, workers: 2 };
    expect(makePlan({ arms: ["rest", two, { name: "function", server: 1 }] }).servers).toEqual([
      { server: 0, protocols: ["rest"], workers: 1 },
      { server: 1, protocols: ["rest"], workers: 2 },
    ]);
  });

  it("encrypts when asked to, and calls remote servers as their addresses say", () => {
    expect([makePlan({ arms: ["rest"] }).tls, makePlan({ arms: ["rest"], tls: true }).tls]).toEqual([
      false,
      true,
    ]);
    const remote = { restUrl: "https://192.0.2.1", grpcAddress: "192.0.2.1:443", tls: {} };
    const options = { arms: ["rest"], host: "remote", remote } as const;
    expect(makePlan(options).tls).toBe(true);
    expect(() => makePlan({ ...options, tls: false })).toThrow(/theirs to say: give remote\.tls/);
  });

  it("knows the size of a work that has one, its usual one where none is said", () => {
    const sizeOf = (options: Partial<PlanOptions>) => makePlan({ arms: ["rest"], ...options }).size;
    expect(sizeOf({})).toBeNull();
    expect(sizeOf({ work: "payload" })).toBe(524_288);
    expect(sizeOf({ work: "payload", size: 0 })).toBe(0);
    expect(sizeOf({ work: "factorial" })).toBe(10_000);
    expect(sizeOf({ work: "factorial", size: 100_000 })).toBe(100_000);
  });

  it("gives each arm each place about equally often", () => {
    const { order } = makePlan({ arms: ["rest", "grpc"], pairs: 20, blocks: 50, warmupBlocks: 0, seed: 5 });
    const first = order.flat().filter(([arm]) => arm === "rest").length;
    expect(first).toBeGreaterThan(420);
    expect(first).toBeLessThan(580);
  });

  it("spreads the calls of an arm over pairs and blocks, rounding up", () => {
    const arms = ["rest"];
    expect(makePlan({ arms }).callsPerRound).toBe(100);
    expect(makePlan({ arms, calls: 1000, pairs: 3, blocks: 7 }).callsPerRound).toBe(48);
    expect(makePlan({ arms, calls: 5 }).callsPerRound).toBe(1);
    expect(makePlan({ arms, calls: 5, callsPerRound: 60 }).callsPerRound).toBe(60);
  });

  it.each<[string, PlanOptions, RegExp]>([
    ["an unknown arm", { arms: ["soap"] }, /no arm "soap"; choose from function,/],
    ["an unknown work", { arms: ["rest"], work: "sleep" }, /no work "sleep"; choose from increment/],
    [
      "a size for a work that has none",
      { arms: ["rest"], size: 3 },
      /increment has no size; payload and fact/,
    ],
    [
      "half a byte",
      { arms: ["rest"], work: "payload", size: 0.5 },
      /payload is bytes of data: a whole .* not 0/,
    ],
    [
      "too large a payload",
      { arms: ["rest"], work: "payload", size: 2 ** 24 },
      /from 0 to 16777200, not 16777216/,
    ],
    ["too large a factorial", { arms: ["rest"], work: "factorial", size: 200_001 }, /from 0 to 200000, not/],
    [
      "workers that do not agree",
      { arms: [{ name: "rest", workers: 2 }, "grpc"] },
      /Server 0 cannot have 2 and 1 workers/,
    ],
    ["no workers", { arms: [{ name: "rest", workers: 0 }] }, /workers must be a whole number of at least 1/],
    [
      "workers in the client's process",
      { arms: [{ name: "rest", workers: 2 }], host: "in-process" },
      /not on host in-process/,
    ],
    ["no arm", { arms: [] }, /at least one arm/],
    ["the same name twice", { arms: ["rest", "rest"] }, /Two arms are named "rest"/],
    ["a fraction", { arms: ["rest"], blocks: 1.5 }, /blocks must be a whole number of at least 1, not 1.5/],
    ["zero calls", { arms: ["rest"], callsPerRound: 0 }, /callsPerRound .* not 0/],
    ["text for a number", { arms: ["rest"], pairs: "ten" as never }, /pairs must be a whole number/],
    ["pairs in one process", { arms: ["rest"], host: "in-process", pairs: 3 }, /use 1 pair/],
    ["remote without addresses", { arms: ["rest"], host: "remote" }, /go together/],
  ])("refuses %s in a sentence", (_what, options, sentence) => {
    expect(() => makePlan(options)).toThrow(sentence);
    expect(() => makePlan(options)).toThrow(WirelabError);
  });
});
