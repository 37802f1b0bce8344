import type { ForeignArm } from "../arms/arm.js";
import { arms as knownArms } from "../arms/registry.js";
import { programs } from "../hosts/program.js";
import type { ArmInfo, RunInfo } from "../record/run-info.js";

/** Whose code called and answered: a post's own stack, this project's, or one of each. */
export type StackKind = "replicated" | "ported" | "mixed";

/** Whose code called and answered in a run; of only those arms where some are given. */
export function stackKind(info: Pick<RunInfo, "arms" | "servers">, arms = info.arms): StackKind {
  const own = new Set(arms.flatMap((arm) => sidesOf(arm, info)));
  if (own.size === 2) return "mixed";
  return own.has(false) ? "replicated" : "ported";
}

/** The same with versions, e.g. `replicated: flask 3.1.2, requests 2.32.5, Python 3.11.2`. */
export function sayStack(
  info: Pick<RunInfo, "arms" | "servers" | "environment">,
  arms: readonly ArmInfo[] = info.arms,
): string {
  const kind = stackKind(info, arms);
  const { node, packages, python } = info.environment;
  const version = (of: Readonly<Record<string, string>>) => (name: string) =>
    `${name} ${of[name] ?? "of unknown version"}`;
  const ours = [...["express", "@grpc/grpc-js"].map(version(packages)), `Node ${node.replace(/^v/, "")}`];
  const taking = [...new Set(arms.flatMap((arm) => packagesOf(arm, info)))];
  const theirs = [
    ...taking.map(version(python?.packages ?? {})),
    `Python ${python?.version ?? "of unknown version"}`,
  ];
  const words = { ported: ours, replicated: theirs, mixed: [...ours, ...theirs] };
  return `${kind}: ${words[kind].join(", ")}`;
}

/** The kind that such words begin with. */
export function kindOfStack(words: string): StackKind {
  if (words.startsWith("replicated")) return "replicated";
  return words.startsWith("mixed") ? "mixed" : "ported";
}

/** Whether client and server of an arm are this project's. */
function sidesOf(arm: ArmInfo, info: Pick<RunInfo, "servers">): readonly boolean[] {
  const client = foreignOf(arm) === null;
  return arm.protocol === "none" ? [client] : [client, programs[programOf(arm, info)].kind !== "python"];
}

function packagesOf(arm: ArmInfo, info: Pick<RunInfo, "servers">): readonly string[] {
  const client = foreignOf(arm)?.packages ?? [];
  return arm.protocol === "none" ? client : [...programs[programOf(arm, info)].packages, ...client];
}

/**
 * The arm whose client is of another language; null where this project made the calls, which of an arm that is not known here,
 * as of a run of another version, is taken for granted.
 */
export function foreignOf({ arm }: ArmInfo): ForeignArm | null {
  const known = knownArms.find(({ name }) => name === arm);
  return known === undefined || known.language === "typescript" ? null : known;
}

/** What answered an arm's calls; runs of before servers were written down had one program only. */
export function programOf({ server }: ArmInfo, { servers }: Pick<RunInfo, "servers">) {
  return servers.find((one) => one.server === server)?.program ?? "node";
}

/** Whether an arm's calls were encrypted; of remote servers the whole run says so. */
export function isEncrypted(
  { server }: ArmInfo,
  { servers, tls }: Pick<RunInfo, "servers" | "tls">,
): boolean {
  return servers.find((one) => one.server === server)?.tls ?? tls;
}
