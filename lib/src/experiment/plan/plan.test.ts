import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WirelabError } from "../../errors.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { makePlan } from "./plan.js";
import type { PlanOptions } from "./plan-options.js";

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
      { server: 0, program: "node", protocols: ["rest"], workers: 1, tls: false },
      { server: 1, program: "node", protocols: ["rest", "grpc"], workers: 1, tls: false },
      { server: 2, program: "node", protocols: ["grpc"], workers: 1, tls: false },
    ]);
    expect(makePlan({ arms: ["function"] }).servers).toEqual([]);
  });

  it("gives a server the workers that its arms ask for, whatever an arm says that calls none", () => {
    const two = { name: "rest-2-workers", arm: "rest", server: 1, workers: 2 };
    expect(makePlan({ arms: ["rest", two, { name: "function", server: 1 }] }).servers).toEqual([
      { server: 0, program: "node", protocols: ["rest"], workers: 1, tls: false },
      { server: 1, program: "node", protocols: ["rest"], workers: 2, tls: false },
    ]);
  });

  it("pauses only where calls are made one after another by this project's own clients", () => {
    expect(makePlan({ arms: ["rest"] }).pauseMs).toBe(0);
    expect(makePlan({ arms: ["rest", "grpc"], pauseMs: 1.5 }).pauseMs).toBe(1.5);
    for (const pauseMs of [-1, Number.NaN, 60_001, Number.POSITIVE_INFINITY]) {
      expect(() => makePlan({ arms: ["rest"], pauseMs })).toThrow(
        /pauseMs must be a number of ms from 0 to 60000/,
      );
    }
    const load = closedLoad({ users: 2, runTimeMs: 1000 });
    expect(() => makePlan({ arms: ["rest"], load, pauseMs: 5 })).toThrow(/a load's users have thinkMs/);
    const python = { name: "requests", program: "flask" as const };
    expect(() => makePlan({ arms: ["rest", python], pauseMs: 5 })).toThrow(/pauseMs is not for requests/);
  });

  it("refuses to watch more than one caller from inside", () => {
    expect(() => makePlan({ arms: [{ name: "grpc-watched", callers: 8 }] })).toThrow(
      /grpc-watched is watched from inside, which takes one caller: .* of 8/,
    );
    expect(makePlan({ arms: ["grpc-watched", { name: "grpc", callers: 8 }] }).arms).toHaveLength(2);
  });

  it("sets the window of a server whose arms wait for one, and of no other", () => {
    const wide = { name: "wide", arm: "grpc", server: 1, windowBytes: 131_072 };
    expect(makePlan({ arms: ["grpc", wide] }).servers).toEqual([
      { server: 0, program: "node", protocols: ["grpc"], workers: 1, tls: false },
      { server: 1, program: "node", protocols: ["grpc"], workers: 1, tls: false, windowBytes: 131_072 },
    ]);
    const refused = (changes: object, message: RegExp, options: Partial<PlanOptions> = {}) =>
      expect(() => makePlan({ arms: ["grpc", { ...wide, ...changes }], ...options })).toThrow(message);
    refused({ arm: "rest" }, /wide waits for no window of HTTP\/2; leave windowBytes out/);
    refused({ program: "http2-grpc" }, /the window of the program http2-grpc, which serves wide, is its own/);
    refused({ server: 0 }, /Server 0 cannot have two windows/);
    refused({ windowBytes: 65_534 }, /windowBytes must be a whole number of at least 65535/);
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
    expect(sizeOf({ work: "image" })).toBeNull();
    expect(sizeOf({ work: "image", size: 8192 })).toBe(8192);
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
    expect(makePlan({ arms }).callsPerRound).toBe(50);
    expect(makePlan({ arms, calls: 1000, pairs: 3, blocks: 7 }).callsPerRound).toBe(48);
    expect(makePlan({ arms, calls: 5 }).callsPerRound).toBe(1);
    expect(makePlan({ arms, calls: 5, callsPerRound: 60 }).callsPerRound).toBe(60);
  });

  it("gives every program a server of its own, whichever client calls it", () => {
    const { servers } = makePlan({
      work: "add",
      arms: [
        "grpc",
        { name: "rest", arm: "requests-session", program: "flask" },
        { name: "undici to Flask", arm: "rest", program: "flask" },
        { name: "python's grpc", arm: "grpcio", program: "grpcio" },
      ],
    });
    expect(servers.map(({ program, protocols }) => [program, protocols])).toEqual([
      ["node", ["grpc"]],
      ["flask", ["rest"]],
      ["grpcio", ["grpc"]],
    ]);
    expect(new Set(servers.map(({ server }) => server)).size).toBe(3);
  });

  const flask = { name: "rest", arm: "requests", program: "flask" as const };
  const load = closedLoad({ users: 4, runTimeMs: 1000 });
  it.each<[string, PlanOptions, RegExp]>([
    ["an unknown program", { arms: [{ ...flask, program: "rails" as never }] }, /no program "rails".* flask/],
    ["gRPC of Flask", { arms: [{ ...flask, arm: "grpcio" }] }, /flask serves no gRPC, which rest calls/],
    [
      "Flask elsewhere",
      { arms: [{ ...flask, arm: "rest" }], host: "worker" },
      /needs host child, not worker/,
    ],
    ["Flask's workers", { arms: [{ ...flask, workers: 2 }] }, /flask is one process: only node, starlette/],
    [
      "Flask's classifier",
      { arms: [{ ...flask, arm: "rest" }], work: "classify" },
      /does not serve classify/,
    ],
    ["Flask's encryption", { arms: [{ ...flask, arm: "rest" }], tls: true }, /flask does not encrypt/],
    [
      "Python's encryption",
      { arms: [{ ...flask, program: "node" }], tls: true },
      /requests\) calls in the clear/,
    ],
    [
      "protobuf messages for Flask",
      { arms: [{ ...flask, arm: "rest-protobuf" }], work: "payload" },
      /flask serves no protobuf messages over REST, which rest calls/,
    ],
    [
      "a rung for an arm that says something else",
      { arms: [{ name: "rest", program: "http" }] },
      /The program http serves no REST, which rest calls/,
    ],
    ["bare TCP to Express", { arms: ["net"] }, /The program node serves no bytes over TCP, which net calls/],
    [
      "streams of a rung",
      { arms: [{ name: "grpc-stream", program: "http2-grpc" }] },
      /http2-grpc serves no streams of gRPC, which grpc-stream calls/,
    ],
    [
      "another work on a rung",
      { arms: [{ name: "rest", program: "express-json" }], work: "add" },
      /express-json does not serve add; it serves increment/,
    ],
    [
      "an encrypted rung",
      { arms: [{ name: "net", program: "net", tls: true }] },
      /The program net does not encrypt/,
    ],
    [
      "a server that encrypts for one of its arms",
      { arms: ["rest", { name: "rest-tls", arm: "rest", tls: true }] },
      /Server 0 cannot both encrypt and not/,
    ],
    [
      "a rung in our process",
      { arms: [{ name: "net", program: "net" }], host: "in-process" },
      /The program net runs in a process of its own, so net needs host child/,
    ],
    [
      "two programs on one server",
      { arms: [{ ...flask, server: 0 }, "grpc"] },
      /Server 0 cannot be both flask and node/,
    ],
    [
      "Python in our process",
      { arms: [{ ...flask, program: "node" }], host: "in-process" },
      /needs host child/,
    ],
    ["a load by Python", { arms: [flask], load }, /rest \(requests\) makes one call after another/],
    ["many callers of Python", { arms: [{ ...flask, callers: 2 }] }, /has one caller/],
    ["a chain by Locust", { arms: ["locust-http"] }, /only makes loads/],
    [
      "Locust over TLS",
      { arms: ["locust-http"], load: closedLoad({ users: 2, runTimeMs: 1000 }), tls: true },
      /calls in the clear/,
    ],
    [
      "an open load by Locust",
      { arms: ["locust-http"], load: openLoad({ callsPerSecond: 5, runTimeMs: 1000 }) },
      /closed loads only/,
    ],
  ])("refuses %s, saying what there is", (_what, options, sentence) => {
    expect(() => makePlan(options)).toThrow(sentence);
  });

  it.each<[string, PlanOptions, RegExp]>([
    ["an unknown arm", { arms: ["soap"] }, /no arm "soap"; choose from function,/],
    ["an unknown work", { arms: ["rest"], work: "sleep" }, /no work "sleep"; choose from increment/],
    [
      "a size for a work that has none",
      { arms: ["rest"], size: 3 },
      /increment has no size; image, payload and fact/,
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
