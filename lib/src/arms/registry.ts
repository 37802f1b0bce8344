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
import type { AnyWorkload, WorkInput } from "./workload.js";

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

/** A work by its name, made when asked for: some of them read files. */
interface NamedWork {
  readonly name: string;
  /** Whether it can send another file than its own. */
  readonly takesFile: boolean;
  make(input?: WorkInput): AnyWorkload;
}

const works: readonly NamedWork[] = [
  { name: "increment", takesFile: false, make: () => incrementWorkload },
  { name: "add", takesFile: false, make: () => addWorkload },
  { name: "image", takesFile: true, make: imageWorkload },
  { name: "classify", takesFile: true, make: (input) => classifyWorkload(input) },
];

/** Works that can send a file of the user's. */
const fileWorks = works.filter(({ takesFile }) => takesFile).map(({ name }) => name);

/** The arm of that name; an unknown one is a `usage` error that lists the known ones. */
export function findArm(name: string): Arm {
  return find("arm", arms, name);
}

/**
 * The work of that name, sending `input` in place of its own; an unknown work is a `usage` error that lists the known
 * ones, and so is a file for a work that takes none.
 */
export function findWorkload(name: string, input: WorkInput | null = null): AnyWorkload {
  const work = find("work", works, name);
  if (input === null) return work.make();
  if (work.takesFile) return work.make(input);
  throw new WirelabError("usage", `The work ${name} sends no file; ${fileWorks.join(" and ")} do.`);
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
