import { type Command, Option } from "commander";
import { type Engine, engines } from "../../lab/load/engine-names.js";
import { duration, durationRange, names, numberAbove0, wholeNumber } from "./options.js";

/** What `wirelab load` is given; times in ms. */
export interface LoadCommandOptions {
  readonly work: string;
  readonly size?: number;
  readonly arms?: readonly string[];
  readonly users?: number;
  readonly spawnRate?: number;
  readonly runTime: number;
  readonly think?: readonly [least: number, most: number];
  readonly rate?: number;
  readonly poisson?: boolean;
  readonly rounds: number;
  readonly warmUp?: number;
  readonly engine: Engine;
  readonly workers?: number;
  readonly master?: boolean;
  readonly expectWorkers?: number;
  readonly masterHost?: string;
  readonly masterPort?: number;
  readonly serverWorkers: number;
  readonly timeout: number;
  readonly stopAfterCalls?: number;
  readonly stopAfterFailures?: number;
  readonly restUrl?: string;
  readonly grpcServer?: string;
  readonly ca?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly json?: boolean;
}

const mostPerSecond = 1_000_000;
const calls = wholeNumber({ least: 1, most: 2 ** 32 - 1 });
const processes = wholeNumber({ least: 1, most: 256 });

/** Adds what the load is: of what, by how many users or at which rate, for how long. */
export function addLoadOptions(command: Command): Command {
  return command
    .option("--work <name>", "what to ask for", "increment")
    .option(
      "--size <number>",
      "of the works that have one: bytes of a payload, the number of a factorial",
      wholeNumber({ least: 0, most: Number.MAX_SAFE_INTEGER }),
    )
    .option(
      "-u, --users <count>",
      "users, each with one call at a time (default: 1; with --rate 100, the most calls under way)",
      wholeNumber({ least: 1, most: 65_535 }),
    )
    .option(
      "-r, --spawn-rate <rate>",
      "users started a second (default: all at once)",
      numberAbove0({ most: mostPerSecond }),
    )
    .addOption(
      new Option(
        "-t, --run-time <time>",
        "how long each arm is loaded: 30s, 2min, 500ms; a bare number is in s",
      )
        .argParser(duration)
        .default(10_000, "10s"),
    )
    .option(
      "--think <time>",
      "pause of a user after each answer, or the shortest and the longest: 1s, 1s-2s (default: none)",
      durationRange,
    )
    .option(
      "--rate <rate>",
      "calls that are due a second, however the server answers, in place of users",
      numberAbove0({ most: mostPerSecond }),
    )
    .option("--poisson", "with --rate: due at random in place of evenly")
    .option("--stop-after-calls <count>", "end a round after so many calls", calls)
    .option("--stop-after-failures <count>", "end everything after so many failed calls in a round", calls);
}

/** Adds who makes the calls, and how often all of it is done. */
export function addCallerOptions(command: Command): Command {
  return command
    .option(
      "--arms <names>",
      "ways of calling, with commas between (default: rest,grpc, or what has an address)",
      names,
    )
    .addOption(
      new Option("--engine <name>", "who makes the calls").choices(Object.keys(engines)).default("embedded"),
    )
    .option("--workers <count>", "processes that make the calls and share the load (default: 1)", processes)
    .option(
      "--timeout <ms>",
      "a call without an answer for so long has failed",
      wholeNumber({ least: 1, most: 3_600_000 }),
      30_000,
    )
    .option(
      "--rounds <count>",
      "how often each arm is loaded, in turns; ratios take several, four or more for a narrow interval",
      wholeNumber({ least: 1, most: 1000 }),
      1,
    )
    .option(
      "--warm-up <calls>",
      "calls of each arm before, which are not counted (default: 600; with addresses 0)",
      wholeNumber({ least: 0, most: 1_000_000 }),
    )
    .option(
      "--seed <number>",
      "of the order of arms, pauses and random arrivals (default: a random one, kept)",
      wholeNumber({ least: 0, most: 2 ** 31 - 1 }),
    );
}

/** Adds what lets other machines make the calls. */
export function addMasterOptions(command: Command): Command {
  return command
    .option("--master", "with --engine locust: wait for workers that join by the command that it prints")
    .option("--expect-workers <count>", "with --master: how many it waits for", processes)
    .option("--master-host <address>", "IPv4 address of this machine that they reach (default: 127.0.0.1)")
    .option(
      "--master-port <port>",
      "port that they reach (default: 5557)",
      wholeNumber({ least: 1, most: 65_535 }),
    );
}

/** Adds which servers are called. */
export function addServerOptions(command: Command): Command {
  return command
    .option("--server-workers <count>", "processes of each server that it starts", processes, 1)
    .option("--rest-url <url>", "address of a REST server that runs already")
    .option("--grpc-server <address>", "address of a gRPC server that runs already")
    .option(
      "--ca <file>",
      "authority to trust, as PEM, for servers that encrypt (https:// and gRPC over TLS)",
    );
}
