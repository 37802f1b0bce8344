import { fileURLToPath } from "node:url";
import type { Tool, ToolSaid } from "./tool.js";

const users = fileURLToPath(new URL("../../tools/locustfile.py", import.meta.url));

/** Locust (https://locust.io) with its fast HTTP users, in one process. */
export const locust: Tool<ToolSaid> = {
  name: "locust",
  install: "pip install locust",
  arm: "rest",
  args: ({ restUrl }, { callers, seconds }) => [
    ...["-f", users, "-H", restUrl, "--headless", "--json", "--only-summary", "--skip-log"],
    // It needs about a second until its users call.
    ...["-u", `${callers}`, "-r", `${callers}`, "-t", `${1 + seconds}s`],
  ],
  read: readLocust,
};

/**
 * The calls of Locust, from its statistics as JSON.
 *
 * @throws Error when one failed or there was none
 */
export function readLocust(json: string): ToolSaid {
  const [{ num_requests: calls, num_failures: failed } = { num_requests: 0, num_failures: 0 }] = JSON.parse(
    json,
  ) as { readonly num_requests: number; readonly num_failures: number }[];
  if (failed > 0) throw new Error(`${failed} of ${calls} calls of Locust failed`);
  if (!(calls > 0)) throw new Error("Locust made no calls");
  return { calls };
}
