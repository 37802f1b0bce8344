import { type Answer, newAnswer } from "../../arms/arm.js";
import { findArm, findOwnArm } from "../../arms/registry.js";
import type { AnyWorkload } from "../../arms/workload.js";
import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../../hosts/host.js";
import { connectRemote } from "../../hosts/remote.js";

/** What one call of an arm brought before anything is measured. */
export type Probe = { readonly arm: string } & (
  | { readonly ok: true; readonly answer: string }
  /** Why it cannot be measured, a sentence. */
  | { readonly ok: false; readonly reason: string }
);

/** What an arm is probed with. */
export interface ProbeOptions {
  readonly workload: AnyWorkload;
  readonly endpoints: Endpoints;
  readonly timeoutMs: number;
}

/** Looks whether the arm's half of the server answers, then makes one call. Throws `usage` for an address that is none. */
export async function probeArm(arm: string, options: ProbeOptions): Promise<Probe> {
  const { workload, timeoutMs } = options;
  const half = findArm(arm).protocol === "grpc" ? "grpc" : "rest";
  let endpoints: Endpoints;
  try {
    ({ endpoints } = await connectRemote(options.endpoints, { halves: [half], timeoutMs }));
  } catch (error) {
    if (!(error instanceof WirelabError) || error.code === "usage") throw error;
    return { arm, ok: false, reason: error.message };
  }
  const answer = await callOnce(arm, { workload, endpoints, timeoutMs });
  if (answer.ok) return { arm, ok: true, answer: workload.say(answer.output) };
  return { arm, ok: false, reason: explain(answer.error, methodOf(arm, workload), timeoutMs) };
}

async function callOnce(arm: string, options: ProbeOptions): Promise<Answer<unknown>> {
  const open = findOwnArm(arm).open({ ...options, callers: 1, nextConnectionId: () => 0 });
  if (open.kind !== "calls") throw new Error(`${arm} makes no calls`);
  const answer = newAnswer<unknown>();
  try {
    await open.callers[0]?.call(options.workload.first, answer);
    return answer;
  } finally {
    await open.close();
  }
}

/** The contract's name for what an arm calls. */
function methodOf(arm: string, { rest, grpc }: AnyWorkload): string {
  if (findArm(arm).protocol === "rest") return `POST ${rest.path}`;
  const methods: Readonly<Record<string, string | undefined>> = {
    "grpc-stream": grpc.stream?.method,
    "grpc-chunks": grpc.chunks?.method,
  };
  const method = methods[arm] ?? grpc.unary;
  return (grpc.service[method]?.path ?? method).replace(/^\//, "");
}

function explain(error: string, method: string, timeoutMs: number): string {
  switch (error) {
    case "HTTP_404":
    case "HTTP_405":
    case "UNIMPLEMENTED":
      return `The server has no ${method} (${error}): it keeps only a part of the contract.`;
    case "TIMEOUT":
      return `${method} did not answer within ${timeoutMs} ms.`;
    case "BAD_BODY":
      return `${method} answered with a body that is not the contract's.`;
    case "WRONG_ANSWER":
      return `${method} answered wrong.`;
    default:
      return `${method} failed with ${error}.`;
  }
}
