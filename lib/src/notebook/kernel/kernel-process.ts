import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WirelabError } from "../../errors.js";

/** Where a kernel listens, as its connection file says. */
export interface Connection {
  readonly transport: "tcp";
  readonly ip: "127.0.0.1";
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
  readonly signature_scheme: "hmac-sha256";
  readonly key: string;
}

/** How a kernel process ended. */
export interface KernelDeath {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last 4 kB that the process itself wrote, outside any cell. */
  readonly lastWords: string;
}

/** A started kernel process. */
export interface KernelProcess {
  readonly connection: Connection;
  readonly pid: number;
  readonly died: Promise<KernelDeath>;
  /** Removes the connection file; to be called once the kernel answers, and done anyway when it ends. */
  removeConnectionFile(): Promise<void>;
  /** Fails the cell that is running as SIGINT would, once the cell yields to the event loop. */
  interrupt(): void;
  /** Sends SIGINT, for a cell that does not yield; it may hit the next cell instead. */
  signal(): void;
  /** Closes the pipe that keeps the kernel alive: it runs its exit handlers and ends. */
  letGo(): void;
  /** Ends it and what it started in its process group, at once. */
  kill(): void;
}

/**
 * Starts a tslab kernel with a connection file that is removed when the process ends.
 *
 * @param folder working folder: what `import` and relative paths in a cell are resolved from
 * @throws WirelabError `kernel-failed` when the process cannot be started
 */
export async function startKernelProcess(folder: string): Promise<KernelProcess> {
  if (!existsSync(folder)) {
    throw new WirelabError("kernel-failed", `The kernel cannot start in ${folder}: there is no such folder.`);
  }
  const connection = await newConnection();
  const temporary = await mkdtemp(join(tmpdir(), "wirelab-kernel-"));
  const file = join(temporary, "connection.json");
  await writeFile(file, JSON.stringify(connection), { mode: 0o600 });
  const child = spawn(
    process.execPath,
    [...tslabCommand(["kernel-guard", "kernel-sends", "kernel-watch"]), "--config-path", file],
    // A group of its own: Ctrl-C in the terminal reaches the runner alone, which then interrupts once.
    { cwd: folder, stdio: ["pipe", "pipe", "pipe"], detached: process.platform !== "win32" },
  );
  const removeConnectionFile = () => rm(temporary, { recursive: true, force: true });
  const died = watch(child, removeConnectionFile);
  if (child.pid === undefined) {
    const { lastWords } = await died;
    throw new WirelabError("kernel-failed", `The TypeScript kernel did not start: ${lastWords}.`);
  }
  return { connection, pid: child.pid, died, removeConnectionFile, ...controls(child, child.pid) };
}

/**
 * Node's arguments that start a tslab kernel, all but the connection file.
 *
 * @param preloads files of this folder that are loaded before tslab, without ending
 */
export function tslabCommand(preloads: readonly string[]): string[] {
  const imports = preloads.flatMap((name) => ["--import", pathToFileURL(builtFile(`${name}.js`)).href]);
  return ["--no-warnings", ...imports, tslabBinary(), "kernel"];
}

/** Absolute path of tslab's own start script. */
export function tslabBinary(): string {
  return join(dirname(createRequire(import.meta.url).resolve("tslab")), "..", "bin", "tslab");
}

function controls(
  child: ChildProcess,
  pid: number,
): Pick<KernelProcess, "interrupt" | "signal" | "letGo" | "kill"> {
  return {
    interrupt: () => void child.stdin?.write("interrupt\n"),
    signal: () => void child.kill("SIGINT"),
    letGo: () => void child.stdin?.end(),
    kill: () => {
      try {
        process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
      } catch {
        // Already gone, which is what was asked for.
      }
    },
  };
}

function watch(child: ChildProcess, cleanUp: () => Promise<void>): Promise<KernelDeath> {
  let lastWords = "";
  const keep = (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-4096);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  // Writing to a kernel that has just ended is no error of ours.
  child.stdin?.on("error", () => {});
  return new Promise((resolve) => {
    const end = (exitCode: number | null, signal: string | null) => {
      void cleanUp().finally(() => resolve({ exitCode, signal, lastWords: lastWords.trim() }));
    };
    child.once("error", (error) => {
      lastWords = error.message;
      if (child.pid === undefined) end(null, null);
    });
    child.once("exit", end);
  });
}

async function newConnection(): Promise<Connection> {
  const [shell, iopub, control, stdin, heartbeat] = await freePorts();
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    control_port: control,
    stdin_port: stdin,
    hb_port: heartbeat,
    signature_scheme: "hmac-sha256",
    key: randomBytes(32).toString("hex"),
  };
}

/** All five are held before any is given back, so that they differ. */
async function freePorts(): Promise<[number, number, number, number, number]> {
  const [a, b, c, d, e] = [holdPort(), holdPort(), holdPort(), holdPort(), holdPort()];
  const held = await Promise.all([a, b, c, d, e]);
  await Promise.all(held.map(({ release }) => release()));
  return [(await a).port, (await b).port, (await c).port, (await d).port, (await e).port];
}

interface HeldPort {
  readonly port: number;
  release(): Promise<void>;
}

/** Below those that systems hand out by themselves: the kernel binds them seconds later, and by then one of those may be taken. */
const ownPorts = { from: 20_000, to: 32_000 } as const;

async function holdPort(): Promise<HeldPort> {
  for (let tries = 0; tries < 20; tries++) {
    const held = await tryPort(randomInt(ownPorts.from, ownPorts.to)).catch(() => null);
    if (held !== null) return held;
  }
  return tryPort(0);
}

function tryPort(wanted: number): Promise<HeldPort> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ port, release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** Beside this file when built; in `dist` when this file runs as TypeScript in a test. */
function builtFile(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL(`../../../dist/notebook/kernel/${name}`, import.meta.url));
}
