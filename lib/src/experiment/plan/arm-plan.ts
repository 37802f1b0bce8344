import { armsFor, findArm } from "../../arms/registry.js";
import type { AnyWorkload } from "../../arms/workload.js";
import { WirelabError } from "../../errors.js";
import type { HostKind } from "../../hosts/host.js";
import { programNames } from "../../hosts/program.js";
import type { Load } from "../../record/load-info.js";
import { rejectForeign } from "./foreign-plan.js";
import { rejectForLoad } from "./load-plan.js";
import type { ArmChoice } from "./plan-options.js";
import { checkedProgram } from "./server-plan.js";
import { armNameOf, findOperation, type PreparedService, serverNumberOf } from "./service-plan.js";
import { wholeNumber } from "./whole-number.js";

/** An arm as it was decided. */
export interface PlannedArm extends Required<ArmChoice> {
  /** Which operation of the service it calls; null where it does a work of the lab. */
  readonly operation: string | null;
}

/** What of a run decides how its arms can be called. */
interface ArmSurroundings {
  readonly load: Load | null;
  readonly host: HostKind;
  /** Null where they call operations of `service`. */
  readonly workload: AnyWorkload | null;
  readonly service: PreparedService | null;
  /** Whether calls are encrypted where an arm does not say. */
  readonly tls: boolean;
}

/** The arms of a run, each with all that was left out; one that cannot be is a `usage` error. */
export function planArms(
  choices: readonly (string | ArmChoice)[],
  surroundings: ArmSurroundings,
): readonly PlannedArm[] {
  const { workload, load, host } = surroundings;
  const arms = choices.map((arm) => toChoice(arm, surroundings));
  for (const arm of arms) {
    if (workload !== null) rejectUnfit(arm.arm, workload);
    rejectWatched(arm);
    rejectForeign(arm, { load, host });
  }
  if (arms.length === 0)
    throw new WirelabError("usage", "A run needs at least one arm; name one, e.g. rest.");
  rejectRepeats(arms.map((arm) => arm.name));
  return arms;
}

function toChoice(
  arm: string | ArmChoice,
  { load, service, tls }: Pick<ArmSurroundings, "load" | "service" | "tls">,
): PlannedArm {
  const named = typeof arm === "string" ? { name: arm } : arm;
  const choice = service === null ? named : calledOf(named, service);
  if (load !== null) rejectForLoad(choice);
  return {
    name: choice.name,
    arm: findArm(choice.arm ?? choice.name).name,
    callers: load?.users ?? wholeNumber("callers", choice.callers ?? 1, 1),
    program: checkedProgram(choice.program ?? "node"),
    server: wholeNumber("server", choice.server ?? programNames.indexOf(choice.program ?? "node"), 0),
    workers: wholeNumber("workers", choice.workers ?? 1, 1),
    tls: choice.tls ?? tls,
    operation: service === null ? null : (named.arm ?? named.name),
    windowBytes: choice.windowBytes == null ? null : wholeNumber("windowBytes", choice.windowBytes, 65_535),
    plantedDelayUs: choice.plantedDelayUs ?? 0,
  };
}

/** An arm of an operation: what makes its calls, and which server they go to. */
function calledOf(
  { name, arm: operation = name, callers, ...rest }: ArmChoice,
  service: PreparedService,
): ArmChoice {
  const [option] = Object.keys(rest);
  if (option !== undefined) {
    throw new WirelabError(
      "usage",
      `${name} calls a server that runs already, so its ${option} is not ours to choose: leave it out.`,
    );
  }
  const prepared = findOperation(service, operation);
  return {
    name,
    arm: armNameOf(prepared),
    server: serverNumberOf(service, operation),
    tls: prepared.endpoints.tls !== undefined,
    ...(callers !== undefined && { callers }),
  };
}

function rejectUnfit(arm: string, workload: AnyWorkload): void {
  const fitting = armsFor(workload).map(({ name }) => name);
  if (fitting.includes(arm)) return;
  throw new WirelabError(
    "usage",
    `The work ${workload.name} cannot be called by ${arm}; it has ${fitting.join(", ")}.`,
  );
}

function rejectWatched({ name, arm, callers }: Required<ArmChoice>): void {
  const found = findArm(arm);
  if (callers === 1 || !("watched" in found) || found.watched === undefined) return;
  throw new WirelabError(
    "usage",
    `${name} is watched from inside, which takes one caller: whose call an event belongs to could not be told of ${callers}.`,
  );
}

function rejectRepeats(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new WirelabError("usage", `Two arms are named "${repeated}"; give each a name of its own.`);
}
