import { WirelabError } from "../errors.js";
import { addWorkload } from "./add.js";
import type { Arm } from "./arm.js";
import { classifyWorkload } from "./classify.js";
import { functionArm } from "./function.js";
import { grpcArm, grpcOwnConnectionArm } from "./grpc.js";
import { grpcChunksArm } from "./grpc-chunks.js";
import { grpcStreamArm } from "./grpc-stream.js";
import { imageWorkload } from "./image.js";
import { incrementWorkload } from "./increment.js";
import { restArm, restBase64Arm, restMultipartArm, restNewConnectionArm } from "./rest.js";
import type { AnyWorkload } from "./workload.js";

/** Every way of calling, in the order in which tables show them. */
export const arms: readonly Arm[] = [
  functionArm,
  restNewConnectionArm,
  restArm,
  restBase64Arm,
  restMultipartArm,
  grpcArm,
  grpcOwnConnectionArm,
  grpcChunksArm,
  grpcStreamArm,
];

/** Made when asked for: some of them read files. */
const workloads: Readonly<Record<string, () => AnyWorkload>> = {
  increment: () => incrementWorkload,
  add: () => addWorkload,
  image: imageWorkload,
  classify: () => classifyWorkload(),
};

/** The arm of that name; an unknown one is a `usage` error that lists the known ones. */
export function findArm(name: string): Arm {
  return find("arm", arms, name);
}

/** The work of that name; an unknown one is a `usage` error that lists the known ones. */
export function findWorkload(name: string): AnyWorkload {
  return find(
    "work",
    Object.entries(workloads).map(([name, make]) => ({ name, make })),
    name,
  ).make();
}

/** The arms that a work can be called by; each work has one of REST and one of gRPC at least. */
export function armsFor(workload: AnyWorkload): readonly Arm[] {
  return arms.filter((arm) => arm.fits?.(workload) ?? true);
}

function find<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = all.map((one) => one.name).join(", ");
  throw new WirelabError("usage", `There is no ${kind} "${name}"; choose from ${known}.`);
}
