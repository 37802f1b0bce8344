import { WirelabError } from "../../errors.js";
import type { ArmChoice } from "../../experiment/plan/plan-options.js";
import type { Program } from "../../hosts/program.js";
import type { ArmInfo, RunInfo } from "../../record/run-info.js";
import { programOf, type StackKind, stackKind } from "../stack.js";

const grpc: ArmChoice = { name: "grpc", arm: "grpcio", program: "grpcio" };
const requests = (program: Program): ArmChoice => ({ name: "rest-new-connection", arm: "requests", program });
const blocking: ArmChoice = { name: "grpc", arm: "locust-grpc-blocking", program: "grpcio" };

/**
 * What each post ran, as arms under the names that its claims use. Flask's own server closes the connection after every
 * answer, so whatever post 000's client did, each of its REST calls had a new one. Post 003 names no server; the repository that it
 * is the text of has FastAPI, and a client that opens a connection for every call.
 */
const stacks: Readonly<Record<string, readonly ArmChoice[]>> = {
  "000": [requests("flask"), grpc],
  "001": [
    { name: "rest", arm: "locust-http", program: "starlette" },
    { name: "rest-2-workers", arm: "locust-http", program: "starlette", server: 20, workers: 2 },
    blocking,
  ],
  "003": [
    { name: "function", arm: "python-function" },
    requests("fastapi"),
    grpc,
    { name: "grpc-stream", arm: "grpcio-stream", program: "grpcio" },
  ],
  "004": [{ name: "rest", arm: "locust-http", program: "fastapi" }, blocking],
};

/**
 * A post's own stack as arms of a run; of only those names where some are given, and with variations of them as they are.
 * Throws `usage` for a post whose stack is not here, or a name that it has not.
 *
 * @example
 * postStack("003", ["rest", "grpc"]);
 */
export function postStack(post: string, some?: readonly (string | ArmChoice)[]): readonly ArmChoice[] {
  const arms = stacks[post];
  if (arms === undefined) {
    const known = Object.keys(stacks).join(", ");
    throw new WirelabError("usage", `The stack of post ${post} is not here; there are those of ${known}.`);
  }
  return (some ?? arms).map((name) => {
    if (typeof name !== "string") return name;
    const arm = arms.find((each) => each.name === name);
    if (arm !== undefined) return arm;
    const known = arms.map((each) => each.name).join(", ");
    throw new WirelabError("usage", `Post ${post} has no "${name}"; its stack has ${known}.`);
  });
}

/**
 * As what these arms of a run speak on a post: as its own stack, as this project's port of it; as nothing where they are
 * other code, also where all of it is Python's.
 */
export function stackFor(
  post: string,
  info: Pick<RunInfo, "servers">,
  compared: readonly ArmInfo[],
): Exclude<StackKind, "mixed"> | null {
  const kind = stackKind({ ...info, arms: compared });
  if (kind === "mixed") return null;
  return kind === "ported" || compared.every((arm) => isOfPost(post, arm, info)) ? kind : null;
}

function isOfPost(post: string, arm: ArmInfo, info: Pick<RunInfo, "servers">): boolean {
  const own = stacks[post]?.find(({ name }) => name === arm.name);
  if (own === undefined || own.arm !== arm.arm) return false;
  return arm.protocol === "none" || own.program === programOf(arm, info);
}
