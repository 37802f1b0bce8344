import type { PythonStacks } from "../../hosts/python/find.js";
import type { Check } from "./check.js";

/** Looks whether the posts' own stacks can run. */
export async function checkStacks(findPython: () => Promise<PythonStacks>): Promise<Check> {
  const stacks = await findPython();
  const check = { topic: "installed", name: "posts' stacks" } as const;
  if (stacks.kind === "ready") {
    const { flask, starlette, fastapi, grpcio, locust } = stacks.packages;
    const found = `Python ${stacks.version}, Flask ${flask}, Starlette ${starlette}, FastAPI ${fastapi}, grpcio ${grpcio}, Locust ${locust}`;
    return { ...check, state: "ok", found, advice: null };
  }
  const advice = `The posts' own servers, clients and Locust users in Python cannot be measured beside the lab's: ${stacks.advice}.`;
  return { ...check, state: "missing", found: stacks.reason, advice };
}
