import type { Check } from "./check.js";

/** The first line that a command prints, or null when it cannot be run. */
export type FirstLine = (command: string, args: readonly string[]) => Promise<string | null>;

/** A tool that may be installed: under which commands, and what is lost without it. */
interface Tool {
  readonly name: string;
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
  readonly lack: string;
}

/** Oldest Node that the lab supports, and the newest release line that gets no fixes any more. */
const oldestNode = [20, 19] as const;
const endedNode = 21;

/** Everything outside the project that a part of it uses. `venv` is the folder that `npm run lab` installs into. */
export function tools(venv: string): readonly Tool[] {
  return [
    {
      name: "npm",
      commands: [["npm", "--version"]],
      lack: "Nothing can be installed or built: install Node with npm.",
    },
    {
      name: "git",
      commands: [["git", "--version"]],
      lack: "Runs and pages do not say which commit they were made with.",
    },
    {
      name: "taskset",
      commands: [["taskset", "--version"]],
      lack: "Client and server are not pinned to processors, so intervals are wider (util-linux has it; Linux only).",
    },
    {
      name: "python3",
      commands: [
        ["python3", "--version"],
        ["python", "--version"],
      ],
      lack: "Neither `npm run lab` nor `npm run setup:python` can install anything; `npm start` needs no Python.",
    },
    {
      name: "jupyter lab",
      commands: [
        ["jupyter", "lab", "--version"],
        [`${venv}/bin/jupyter`, "lab", "--version"],
      ],
      lack: "`npm run lab` installs it into .venv when it is first called; `npm start` does without.",
    },
    {
      name: "chromium",
      commands: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].map(
        (name) => [name, "--version"] as const,
      ),
      lack: "The tests that open pages in a browser are skipped; the reports need none.",
    },
    ...[
      { name: "wrk", protocol: "REST", version: ["-v"] },
      { name: "ghz", protocol: "gRPC", version: ["--version"] },
      { name: "k6", protocol: "both", version: ["version"] },
    ].map(
      ({ name, protocol, version }): Tool => ({
        name,
        commands: [[name, ...version]],
        lack: `\`npm run bench\` has no row that holds the lab against ${name} (${protocol}).`,
      }),
    ),
  ];
}

/** Looks for every tool of `list`, one after the other command of each. */
export function checkTools(list: readonly Tool[], firstLine: FirstLine): Promise<Check[]> {
  return Promise.all(list.map((tool) => checkTool(tool, firstLine)));
}

async function checkTool({ name, commands, lack }: Tool, firstLine: FirstLine): Promise<Check> {
  for (const [command, ...args] of commands) {
    const line = await firstLine(command, args);
    if (line !== null) return { topic: "installed", name, state: "ok", found: line, advice: null };
  }
  return { topic: "installed", name, state: "missing", found: "not found", advice: lack };
}

/** Looks whether this Node is one that the lab supports and that still gets fixes. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [leastMajor, leastMinor] = oldestNode;
  const node = { topic: "installed", name: "node", found: version } as const;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    const advice = `The lab needs Node ${leastMajor}.${leastMinor} or newer; install the newest LTS release.`;
    return { ...node, state: "careful", advice };
  }
  if (major <= endedNode) {
    const advice =
      "It works but gets no fixes any more, and newer ones run Express much faster: results speak for this version.";
    return { ...node, state: "careful", advice };
  }
  return { ...node, state: "ok", advice: null };
}

/** Looks whether the TypeScript kernel runs a cell; `tryKernel` rejects when it does not. */
export async function checkKernel(tryKernel: () => Promise<string>): Promise<Check> {
  const kernel = { topic: "installed", name: "tslab kernel" } as const;
  try {
    return { ...kernel, state: "ok", found: await tryKernel(), advice: null };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return {
      ...kernel,
      state: "missing",
      found,
      advice: "No notebook can run: `npm ci` installs the kernel; then run this again.",
    };
  }
}
