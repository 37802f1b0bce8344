import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../../hosts/host.js";
import { readTrust } from "../../hosts/trust.js";
import { type LoadOptions, protocolsOf } from "../../lab/load/plan.js";
import type { Load } from "../../record/load-info.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import type { LoadCommandOptions } from "./load-options.js";

/**
 * The load that the options ask for; `say` is told what other machines are to run. Throws `usage` for options that do not go
 * together.
 */
export function askedOf(options: LoadCommandOptions, say: (line: string) => void): LoadOptions {
  const { work, size, engine, rounds, serverWorkers, timeout, warmUp, seed, out } = options;
  const remote = remoteOf(options);
  return {
    ...{ work, engine, rounds, serverWorkers, timeoutMs: timeout },
    ...callersOf(options, say),
    arms: armsOf(options.arms, remote),
    load: loadOf(options),
    stopAfter: { calls: options.stopAfterCalls, failures: options.stopAfterFailures },
    ...(remote !== null && { remote }),
    ...(size !== undefined && { size }),
    ...(warmUp !== undefined && { warmUpCalls: warmUp }),
    ...(seed !== undefined && { seed }),
    ...(out !== undefined && { runsFolder: out }),
  };
}

function loadOf({ users, spawnRate, runTime: runTimeMs, think, rate, poisson }: LoadCommandOptions): Load {
  if (rate === undefined) {
    if (poisson) throw wrong("--poisson is of calls that are due at a rate: give --rate, or leave it out");
    return closedLoad({
      users: users ?? 1,
      runTimeMs,
      ...(spawnRate !== undefined && { spawnPerSecond: spawnRate }),
      ...(think !== undefined && { thinkMs: think }),
    });
  }
  if (spawnRate !== undefined || think !== undefined) {
    throw wrong("With --rate calls are due whatever users do: leave out --spawn-rate and --think, or --rate");
  }
  return openLoad({
    callsPerSecond: rate,
    runTimeMs,
    spacing: poisson ? "poisson" : "even",
    ...(users !== undefined && { users }),
  });
}

/** Locust's own port for its master. */
const usualMasterPort = 5557;

/** Processes that make the calls, and where they join when others start them. */
function callersOf(
  { master, expectWorkers, masterHost, masterPort, workers }: LoadCommandOptions,
  say: (line: string) => void,
): Pick<LoadOptions, "workers" | "master"> {
  if (!master) {
    if (expectWorkers !== undefined || masterPort !== undefined || masterHost !== undefined) {
      throw wrong("--expect-workers, --master-host and --master-port are of a master: give --master");
    }
    return workers === undefined ? {} : { workers };
  }
  if (expectWorkers === undefined || workers !== undefined) {
    throw wrong(
      "With --master others start the workers: give --expect-workers, how many, and leave out --workers",
    );
  }
  let told = false;
  const onWaiting = (command: string) => {
    // Once is enough: it goes on to the later rounds by itself.
    if (told) return;
    told = true;
    const many = expectWorkers === 1 ? "the one worker" : `each of the ${expectWorkers} workers`;
    say(
      `Start ${many} in a clone of this project, where Python is set up, and leave it to wait:\n  ${command}`,
    );
  };
  return {
    workers: expectWorkers,
    master: { host: masterHost ?? "127.0.0.1", port: masterPort ?? usualMasterPort, onWaiting },
  };
}

/** Null where the servers are to be started. */
function remoteOf({ restUrl, grpcServer, ca }: LoadCommandOptions): Endpoints | null {
  if (restUrl === undefined && grpcServer === undefined) {
    if (ca !== undefined) throw wrong("--ca is of servers that run already: give their addresses");
    return null;
  }
  const encrypted = ca !== undefined || restUrl?.startsWith("https:");
  return {
    restUrl: restUrl ?? null,
    grpcAddress: grpcServer ?? null,
    ...(encrypted && { tls: readTrust(ca) }),
  };
}

function armsOf(asked: readonly string[] | undefined, remote: Endpoints | null): readonly string[] {
  const missing = { rest: remote?.restUrl === null, grpc: remote?.grpcAddress === null };
  if (asked === undefined) return (["rest", "grpc"] as const).filter((protocol) => !missing[protocol]);
  const lacking = protocolsOf(asked).find((protocol) => missing[protocol]);
  if (lacking === undefined) return asked;
  const [words, option] = lacking === "rest" ? ["REST", "--rest-url"] : ["gRPC", "--grpc-server"];
  throw wrong(
    `There is no ${words} server to call: give its address (${option}), or leave out the arms that call it`,
  );
}

function wrong(sentence: string): WirelabError {
  return new WirelabError("usage", `${sentence}.`);
}
