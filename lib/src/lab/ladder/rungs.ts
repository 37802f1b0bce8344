import type { Rung } from "../../analysis/layers/ladder.js";
import type { ArmChoice } from "../../experiment/plan/plan-options.js";

/** A rung, and how it is measured. */
interface LadderRung extends Rung {
  readonly choice: Omit<ArmChoice, "name" | "server">;
}

/** Where the two sides of the ladder end: the arms as every other notebook has them. */
export const ends = { rest: "rest", grpc: "grpc" } as const;

/** The same two once more, in rounds and with servers of their own: the whole that the steps are held against. */
export const apart = { rest: "rest-apart", grpc: "grpc-apart" } as const;

/**
 * Number of the first rung's server; each rung has one of its own, since one that answered several would be called more often
 * than others, and so be warmer. The numbers lie beyond those that programs have by themselves.
 */
const firstServer = 100;

const undici = "undici";
const json = { client: undici, server: "Express" };

/**
 * Every rung differs from the one below it in one thing; the two sides meet in bare TCP. Those beyond the ends are on nobody's
 * way, and are measured from there.
 */
export const rungs: readonly LadderRung[] = [
  {
    name: "net",
    over: null,
    changes: "TCP alone, a number as four bytes",
    client: "node:net",
    server: "node:net",
    choice: { program: "net" },
  },
  {
    name: "http",
    over: "net",
    changes: "HTTP/1.1 around the bytes",
    client: "node:http",
    server: "node:http",
    choice: { program: "http" },
  },
  {
    name: "http-undici",
    over: "http",
    changes: "undici as the client",
    client: undici,
    server: "node:http",
    choice: { program: "http" },
  },
  {
    name: "express",
    over: "http-undici",
    changes: "Express and its route as the server",
    client: undici,
    server: "Express",
    choice: { arm: "http-undici", program: "express" },
  },
  {
    name: "express-json",
    over: "express",
    changes: "JSON in place of bytes",
    ...json,
    choice: { arm: "rest", program: "express-json" },
  },
  {
    name: ends.rest,
    over: "express-json",
    changes: "checks of what was sent",
    ...json,
    choice: {},
  },
  {
    name: "rest-fetch",
    over: ends.rest,
    changes: "fetch as the client",
    client: "fetch",
    server: "Express",
    choice: {},
  },
  {
    name: "rest-tls",
    over: ends.rest,
    changes: "TLS",
    ...json,
    choice: { arm: "rest", tls: true },
  },
  {
    name: "http2",
    over: "net",
    changes: "HTTP/2 around the bytes",
    client: "node:http2",
    server: "node:http2",
    choice: { program: "http2" },
  },
  {
    name: "http2-protobuf",
    over: "http2",
    changes: "protobuf messages in place of bytes",
    client: "node:http2",
    server: "node:http2",
    choice: { program: "http2-protobuf" },
  },
  {
    name: "http2-grpc",
    over: "http2-protobuf",
    changes: "gRPC's framing: prefix, trailers, status",
    client: "node:http2",
    server: "node:http2",
    choice: { arm: "grpc-http2", program: "http2-grpc" },
  },
  {
    name: "grpc-js-server",
    over: "http2-grpc",
    changes: "grpc-js as the server",
    client: "node:http2",
    server: "grpc-js",
    choice: { arm: "grpc-http2" },
  },
  {
    name: ends.grpc,
    over: "grpc-js-server",
    changes: "grpc-js as the client",
    client: "grpc-js",
    server: "grpc-js",
    choice: {},
  },
  {
    name: "grpc-interceptor",
    over: ends.grpc,
    changes: "an interceptor that does nothing",
    client: "grpc-js",
    server: "grpc-js",
    choice: {},
  },
  {
    name: "grpc-tls",
    over: ends.grpc,
    changes: "TLS",
    client: "grpc-js",
    server: "grpc-js",
    choice: { arm: "grpc", tls: true },
  },
];

/** A layer of known length that is hidden in the ladder: the control that shows that it can see one. */
export interface HiddenLayer {
  /** Name of the rung that it comes with, and stays in all rungs above. */
  readonly rung: string;
  /** Busy waiting in the server, in µs. */
  readonly delayUs: number;
}

/** The arms of a ladder: every rung, and the two ends apart. */
export function ladderArms(hidden: HiddenLayer | null): readonly ArmChoice[] {
  const delayOf = (name: string) =>
    hidden !== null && stands(name, hidden.rung) ? { plantedDelayUs: hidden.delayUs } : {};
  const arms = [
    ...rungs.map(({ name, choice }) => ({ name, ...choice, ...delayOf(name) })),
    { name: apart.rest, arm: ends.rest, ...delayOf(ends.rest) },
    { name: apart.grpc, arm: ends.grpc, ...delayOf(ends.grpc) },
  ];
  return arms.map((arm, i) => ({ ...arm, server: firstServer + i }));
}

/** Whether a rung is that one, or stands on it. */
function stands(name: string | null, on: string): boolean {
  if (name === null) return false;
  return name === on || stands(rungs.find((rung) => rung.name === name)?.over ?? null, on);
}
