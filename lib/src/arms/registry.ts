import { WirelabError } from "../errors.js";
import type { Arm, OwnArm } from "./arm.js";
import { functionArm } from "./function.js";
import { grpcArm, grpcInterceptorArm, grpcOwnConnectionArm } from "./grpc/grpc.js";
import { grpcChunksArm } from "./grpc/grpc-chunks.js";
import { grpcHttp2Arm } from "./grpc/grpc-http2.js";
import { grpcStreamArm } from "./grpc/grpc-stream.js";
import { grpcWatchedArm } from "./grpc/grpc-watched.js";
import { locustGrpcArm, locustGrpcBlockingArm, locustHttpArm } from "./locust.js";
import { netArm } from "./net.js";
import { grpcOperationArm, restOperationArm } from "./operation/arms.js";
import {
  grpcioArm,
  grpcioStreamArm,
  httpxArm,
  pythonFunctionArm,
  requestsArm,
  requestsLocalhostArm,
  requestsSessionArm,
} from "./python.js";
import { http2Arm, http2ProtobufArm, httpArm, httpUndiciArm } from "./rest/bare-http.js";
import {
  restArm,
  restBase64Arm,
  restFetchArm,
  restMultipartArm,
  restNewConnectionArm,
  restProtobufArm,
} from "./rest/rest.js";
import { restNewConnectionWatchedArm, restWatchedArm } from "./rest/rest-watched.js";
import type { AnyWorkload, WorkInput, WorkSizes } from "./workload.js";
import { addWorkload } from "./works/add.js";
import { classifyWorkload } from "./works/classify.js";
import { factorialSizes, factorialWorkload } from "./works/factorial.js";
import { imageSizes, imageWorkload, photo } from "./works/image.js";
import { incrementWorkload } from "./works/increment.js";
import { payloadSizes, payloadWorkload } from "./works/payload.js";

/** Every way of calling, in the order in which tables show them. */
export const arms: readonly Arm[] = [
  functionArm,
  restNewConnectionArm,
  restArm,
  restBase64Arm,
  restMultipartArm,
  restProtobufArm,
  restFetchArm,
  grpcArm,
  grpcOwnConnectionArm,
  grpcInterceptorArm,
  grpcHttp2Arm,
  grpcChunksArm,
  grpcStreamArm,
  pythonFunctionArm,
  requestsArm,
  requestsLocalhostArm,
  requestsSessionArm,
  httpxArm,
  grpcioArm,
  grpcioStreamArm,
  locustHttpArm,
  locustGrpcBlockingArm,
  locustGrpcArm,
  netArm,
  httpArm,
  httpUndiciArm,
  http2Arm,
  http2ProtobufArm,
  restWatchedArm,
  restNewConnectionWatchedArm,
  grpcWatchedArm,
];

/** What makes the calls of operations: no work is called by them, and nobody asks for them by name. */
const operationArms: readonly Arm[] = [restOperationArm, grpcOperationArm];

/** A work by its name, made when asked for: some of them read files. */
interface NamedWork {
  readonly name: string;
  /** Whether it can send another file than its own. */
  readonly takesFile: boolean;
  /** Left out where it has no size. */
  readonly sizes?: WorkSizes;
  make(input?: WorkInput, size?: number): AnyWorkload;
}

/** What a work is asked for with. */
export interface WorkChoice {
  /** What it sends in place of its own input; null or left out for its own. */
  readonly input?: WorkInput | null;
  /** What its size counts is the work's own affair; null or left out for its usual size, or for none. */
  readonly size?: number | null;
}

const works: readonly NamedWork[] = [
  { name: "increment", takesFile: false, make: () => incrementWorkload },
  { name: "add", takesFile: false, make: () => addWorkload },
  {
    name: "image",
    takesFile: true,
    sizes: imageSizes,
    make: (input, size) => imageWorkload(input ?? photo(size ?? imageSizes.most)),
  },
  { name: "payload", takesFile: false, sizes: payloadSizes, make: (_, size) => payloadWorkload(size) },
  { name: "factorial", takesFile: false, sizes: factorialSizes, make: (_, size) => factorialWorkload(size) },
  { name: "classify", takesFile: true, make: (input) => classifyWorkload(input) },
];

const listed = new Intl.ListFormat("en-GB");
const namesOf = (some: readonly NamedWork[]) => listed.format(some.map(({ name }) => name));

/** The arm of that name; an unknown one is a `usage` error that lists the known ones. */
export function findArm(name: string): Arm {
  return operationArms.find((arm) => arm.name === name) ?? find("arm", arms, name);
}

/** The same of one whose calls are made here; another one is a `usage` error as well. */
export function findOwnArm(name: string): OwnArm {
  const arm = findArm(name);
  if (arm.language === "typescript" && !("opens" in arm)) return arm;
  throw new WirelabError(
    "usage",
    "opens" in arm
      ? `The arm ${name} calls what an operation says, and no work.`
      : `The arm ${name} runs in a process of ${arm.language}, not in this one.`,
  );
}

/**
 * The work of that name; an unknown one is a `usage` error that lists the known ones, and so is a file for a work that takes
 * none, or a size that it cannot have.
 */
export function findWorkload(name: string, { input = null, size = null }: WorkChoice = {}): AnyWorkload {
  const work = find("work", works, name);
  if (input !== null && size !== null && work.takesFile) {
    throw new WirelabError("usage", `A file of yours is sent as it is: leave out the size of ${name}.`);
  }
  if (input === null || work.takesFile) {
    return work.make(input ?? undefined, workSize(name, size) ?? undefined);
  }
  throw new WirelabError(
    "usage",
    `The work ${name} sends no file; ${namesOf(works.filter(({ takesFile }) => takesFile))} do.`,
  );
}

/** The size that the work of that name has when asked for in `size`, null for its usual one; null where it has none. */
export function workSize(name: string, size: number | null): number | null {
  const { sizes } = find("work", works, name);
  if (sizes === undefined) {
    if (size === null) return null;
    const sized = namesOf(works.filter((work) => work.sizes !== undefined));
    throw new WirelabError("usage", `The work ${name} has no size; ${sized} have one.`);
  }
  const { of, least, most, usual } = sizes;
  if (size === null) return usual;
  if (Number.isSafeInteger(size) && size >= least && size <= most) return size;
  throw new WirelabError(
    "usage",
    `The size of ${name} is ${of}: a whole number from ${least} to ${most}, not ${size}.`,
  );
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
