import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { WirelabError } from "../../errors.js";
import { projectRoot as thisProject } from "../../root.js";
import { childEnvironment } from "../child-environment.js";
import { pythonPlaces, setupDigest } from "./places.js";
import { run } from "./run.js";
import { inVenv } from "./venv.js";

/** Whether the posts' own stacks can run here. */
export type PythonStacks = ReadyStacks | MissingStacks;

/** They are set up. */
export interface ReadyStacks {
  readonly kind: "ready";
  /** Path of the Python that has them. */
  readonly python: string;
  /** Like `3.11.2`. */
  readonly version: string;
  /** Versions of what takes part in a call, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** They are not. */
export interface MissingStacks {
  readonly kind: "missing";
  /** Why, as the end of a sentence. */
  readonly reason: string;
  /** What to do, as the end of a sentence. */
  readonly advice: string;
}

const versions = z.object({ version: z.string(), packages: z.record(z.string(), z.string()) });

/** What the Python of a setup has said, by the setup: asking takes a tenth of a second. */
const asked = new Map<string, ReadyStacks>();

/**
 * Looks into the project's `.venv`, wherever PATH leads. Its Python is asked once; later it takes a millisecond. With
 * `WIRELAB_PYTHON=none` in the environment there is none, for whoever wants the shorter report.
 *
 * @example
 * const stacks = await findPython();
 * if (stacks.kind === "missing") console.log(`The posts' stacks are left out, because ${stacks.reason}.`);
 */
export async function findPython(projectRoot: string = thisProject): Promise<PythonStacks> {
  if (process.env.WIRELAB_PYTHON === "none") {
    return {
      kind: "missing",
      reason: "WIRELAB_PYTHON is none",
      advice: "leave that variable out of the environment",
    };
  }
  const { folder, generated, marker } = pythonPlaces(projectRoot);
  if (!existsSync(marker)) return missing("they are not set up here");
  const digest = setupDigest(projectRoot);
  if (readFileSync(marker, "utf8") !== digest || !existsSync(generated)) {
    return missing("they were set up for another state of this project");
  }
  const setup = `${digest} ${projectRoot}`;
  const known = asked.get(setup);
  if (known !== undefined) return known;
  const python = inVenv(projectRoot, "python");
  const { ok, output, lastWords } = await run(python, ["-m", "versions"], {
    cwd: folder,
    env: childEnvironment(),
  });
  if (!ok) return missing(`their setup in .venv is broken (${lastWords})`);
  const stacks: ReadyStacks = { kind: "ready", python, ...versions.parse(JSON.parse(output)) };
  asked.set(setup, stacks);
  return stacks;
}

/** The same for what cannot go on without them: where they are missing a `missing-tool` error. */
export async function requirePython(): Promise<ReadyStacks> {
  const stacks = await findPython();
  if (stacks.kind === "ready") return stacks;
  const { reason, advice } = stacks;
  throw new WirelabError("missing-tool", `The posts' own stacks cannot run, because ${reason}: ${advice}.`);
}

function missing(reason: string): MissingStacks {
  return { kind: "missing", reason, advice: "run `npm run setup:python`, which takes about a minute" };
}
