import { join } from "node:path";
import type { Endpoints } from "../../hosts/host.js";
import { pythonFolder } from "../../hosts/python/places.js";

/** Arm → its file of users in `servers/python/locust/`. */
const userFiles: Readonly<Record<string, string>> = {
  "locust-http": "rest_user.py",
  "locust-grpc-blocking": "grpc_blocking_user.py",
  "locust-grpc": "grpc_user.py",
};

/** Where a master's workers find it. */
export interface MasterAddress {
  readonly host: string;
  readonly port: number;
}

/** What Locust is started with to have users. */
export interface UsersOptions {
  readonly arm: string;
  readonly endpoints: Endpoints;
  readonly users: number;
  /** Users started a second; null starts all at once. */
  readonly spawnPerSecond: number | null;
  /** A call without an answer for so long has failed. */
  readonly timeoutMs: number;
}

/** Arguments of the process that the lab talks to; when the users begin and end, it tells it later. */
export function leadArguments({ arm, endpoints, users, spawnPerSecond, timeoutMs }: UsersOptions): string[] {
  const address = arm === "locust-http" ? endpoints.restUrl : endpoints.grpcAddress;
  return [
    ...usersOf(arm),
    ...["--headless", "--driven", "--host", address ?? ""],
    ...["--users", `${users}`, "--spawn-rate", `${spawnPerSecond ?? users}`],
    // Calls under way at the end may finish, or time out, in whole seconds; without it Locust would forget them.
    ...["--stop-timeout", `${Math.ceil(timeoutMs / 1000) + 1}`],
  ];
}

/** What makes it a master: where it listens, and the workers that it waits for. */
export function masterArguments(
  { host, port }: MasterAddress,
  { workers, joinWithinMs }: { readonly workers: number; readonly joinWithinMs: number },
): string[] {
  return [
    ...["--master", "--master-bind-host", host, "--master-bind-port", `${port}`],
    ...["--expect-workers", `${workers}`, "--expect-workers-max-wait", `${Math.ceil(joinWithinMs / 1000)}`],
  ];
}

/** Arguments of a worker on this machine. */
export function workerArguments(arm: string, master: MasterAddress): string[] {
  return [...usersOf(arm), ...joining(master), "--driven"];
}

/**
 * The command that lets another machine join rounds of these arms, in this order, run in its own clone of the project, where
 * Python is set up. A worker leaves with its round; the next one asks for a master until there is one.
 */
export function joinCommand(arms: readonly string[], master: MasterAddress): string {
  const users = arms.map((arm) => userFiles[arm]);
  const join = (file: string) =>
    `PYTHONPATH=servers/python .venv/bin/python -m locust -f servers/python/locust/${file} ${joining(master).join(" ")}`;
  if (users.length === 1) return join(users[0] as string);
  // In a shell of its own, which Ctrl-C ends: the loop alone would go on with its next round.
  return `(trap exit INT; for users in ${users.join(" ")}; do ${join("$users")}; done)`;
}

function joining({ host, port }: MasterAddress): string[] {
  return ["--worker", "--master-host", host, "--master-port", `${port}`];
}

function usersOf(arm: string): string[] {
  const file = userFiles[arm];
  if (file === undefined) throw new Error(`${arm} is none of Locust's arms`);
  // Its own set-up would log to standard output; without it what matters goes to standard error.
  return ["-m", "locust", "-f", join(pythonFolder, "locust", file), "--skip-log-setup"];
}
