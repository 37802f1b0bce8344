import { WirelabError } from "../errors.js";
import type { Arm } from "./arm.js";
import { functionArm } from "./function.js";
import { grpcArm } from "./grpc.js";
import { grpcStreamArm } from "./grpc-stream.js";
import { incrementWorkload } from "./increment.js";
import { restArm, restNewConnectionArm } from "./rest.js";
import type { Workload } from "./workload.js";

/** Every way of calling, in the order in which tables show them. */
export const arms: readonly Arm[] = [functionArm, restNewConnectionArm, restArm, grpcArm, grpcStreamArm];

const workloads: readonly Workload<number, number>[] = [incrementWorkload];

/** The arm of that name; an unknown one is a `usage` error that lists the known ones. */
export function findArm(name: string): Arm {
  return find("arm", arms, name);
}

/** The work of that name; an unknown one is a `usage` error that lists the known ones. */
export function findWorkload(name: string): Workload<number, number> {
  return find("work", workloads, name);
}

function find<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = all.map((one) => one.name).join(", ");
  throw new WirelabError("usage", `There is no ${kind} "${name}"; choose from ${known}.`);
}
