import { dialectOf } from "../../arms/arm.js";
import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import type { HostKind } from "../../hosts/host.js";
import { dialects, type Program, programNames, programs } from "../../hosts/program.js";
import type { ServerInfo } from "../../record/run-info.js";

/** An arm, the server that it calls, what that is made of, and how many processes it is to have. */
interface ServedArm {
  readonly name: string;
  readonly arm: string;
  readonly server: number;
  readonly program: Program;
  readonly workers: number;
  readonly tls: boolean;
  readonly windowBytes: number | null;
}

/** Where servers run, and what they serve. */
interface Serving {
  readonly work: string;
  readonly host: HostKind;
}

/** The program of that name; an unknown one is a `usage` error that lists the known ones. */
export function checkedProgram(name: Program): Program {
  // Notebook cells are not type-checked strictly.
  if (programNames.includes(name)) return name;
  throw new WirelabError(
    "usage",
    `There is no program "${String(name)}"; choose from ${programNames.join(", ")}.`,
  );
}

/** The servers that the arms call, each with the protocols that it is called by and the workers that it has. */
export function serversOf(arms: readonly ServedArm[], serving: Serving): readonly ServerInfo[] {
  const called = arms.flatMap((arm) => {
    const { protocol } = findArm(arm.arm);
    return protocol === "none" ? [] : [{ ...arm, protocol }];
  });
  for (const arm of called) {
    rejectProgram(arm, serving);
    rejectWindow(arm, serving);
  }
  return [...new Set(called.map(({ server }) => server))].map((server) => {
    const own = called.filter((one) => one.server === server);
    const protocols = (["rest", "grpc"] as const).filter((name) =>
      own.some(({ protocol }) => protocol === name),
    );
    const program = agreed(
      own,
      "program",
      (of, other) => `Server ${server} cannot be both ${of} and ${other}`,
    );
    const workers = agreed(
      own,
      "workers",
      (of, other) => `Server ${server} cannot have ${of} and ${other} workers`,
    );
    rejectWorkers(workers, program, serving);
    const tls = agreed(own, "tls", () => `Server ${server} cannot both encrypt and not`);
    const windowBytes = agreed(own, "windowBytes", () => `Server ${server} cannot have two windows`);
    return { server, program, protocols, workers, tls, ...(windowBytes !== null && { windowBytes }) };
  });
}

/** What all arms of a server say of it. */
function agreed<Key extends "program" | "workers" | "tls" | "windowBytes">(
  arms: readonly ServedArm[],
  key: Key,
  disagreement: (of: ServedArm[Key], other: ServedArm[Key]) => string,
): ServedArm[Key] {
  const [value, other] = new Set(arms.map((arm) => arm[key]));
  if (value === undefined) throw new Error("a server is there for the arms that call it");
  if (other === undefined) return value;
  throw new WirelabError("usage", `${disagreement(value, other)}: give its arms servers of their own.`);
}

function rejectProgram({ name, arm, program, tls }: ServedArm, { work, host }: Serving): void {
  const { serves, works, encrypts, kind } = programs[program];
  const dialect = dialectOf(findArm(arm));
  const why =
    dialect !== null && !serves.some((one) => one === dialect)
      ? `serves no ${dialects[dialect]}, which ${name} calls`
      : host !== "child" && kind !== "own"
        ? `runs in a process of its own, so ${name} needs host child, not ${host}`
        : works !== null && !works.some((one) => one === work)
          ? `does not serve ${work}; it serves ${works.join(", ")}`
          : tls && !encrypts
            ? "does not encrypt: leave tls out"
            : null;
  if (why !== null) throw new WirelabError("usage", `The program ${program} ${why}.`);
}

function rejectWorkers(workers: number, program: Program, { host }: Serving): void {
  if (workers === 1) return;
  if (!programs[program].hasWorkers) {
    const able = programNames.filter((name) => programs[name].hasWorkers);
    throw new WirelabError(
      "usage",
      `A server of the program ${program} is one process: only ${able.join(", ")} have workers.`,
    );
  }
  if (host === "child") return;
  throw new WirelabError(
    "usage",
    `A server of ${workers} workers runs in processes of its own, not on host ${host}.`,
  );
}

function rejectWindow({ name, arm, program, windowBytes }: ServedArm, { host }: Serving): void {
  if (windowBytes === null) return;
  const why =
    (findArm(arm).path?.windowBytes ?? null) === null
      ? `${name} waits for no window of HTTP/2`
      : program !== "node"
        ? `the window of the program ${program}, which serves ${name}, is its own`
        : host === "remote"
          ? "the window of a remote server is its own"
          : null;
  if (why !== null)
    throw new WirelabError("usage", `There is no window to set: ${why}; leave windowBytes out.`);
}
