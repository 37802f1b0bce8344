import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openRun } from "wirelab/dist/record/run.js";
import { projectRoot } from "wirelab/dist/root.js";
import { outputOf } from "../children/child.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, RunRow } from "../row.js";

const ofLoads: readonly string[] = ["03", "05"];

/** A small profile of these notebooks; those of loads have other parameters, and one that none of them has is refused. */
function tiny(notebooks: readonly string[]): readonly string[] {
  const areLoads = notebooks.length > 0 && notebooks.every((name) => ofLoads.includes(name));
  return areLoads ? ["-p", "seconds=1", "-p", "rounds=2"] : ["-p", "calls=200", "-p", "pairs=1"];
}

/** A report that `npm start` left, and how long it took. */
export interface Started {
  readonly reportsFolder: string;
  readonly seconds: number;
}

/** Which notebooks `npm start` runs, by default its own choice; and variables besides those of the bench. */
interface StartOptions {
  readonly notebooks?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs `npm start`, which looks whether everything is built and runs notebooks, into a folder of the bench's. Without the posts' own
 * stacks, as after `npm ci` alone.
 */
export async function runNpmStart(
  { smoke, folder, signal }: Bench,
  name: string,
  { notebooks = [], env = {} }: StartOptions = {},
): Promise<Started> {
  const reportsFolder = join(folder, name);
  const startedAt = performance.now();
  const args = ["start", "--", ...notebooks, "--reports", reportsFolder, ...(smoke ? tiny(notebooks) : [])];
  await outputOf("npm", args, { cwd: projectRoot, signal, env: { WIRELAB_PYTHON: "none", ...env } });
  return { reportsFolder, seconds: (performance.now() - startedAt) / 1000 };
}

/** How long `npm start` takes for some notebooks, from a built project to the report. */
export function startRow(notebooks: readonly string[], mostSeconds: number): RunRow {
  return async (bench) => {
    const times = bench.smoke ? 1 : 3;
    const started: Started[] = [];
    for (let done = 0; done < times; done++) {
      bench.onStep(done, times, `start ${done + 1} of ${times}`);
      const name = `start-${notebooks.join("-")}-${done}`;
      started.push(await runNpmStart(bench, name, { notebooks }));
    }
    const seconds = rangeOf(started.map((one) => one.seconds));
    const contents = await describeReport(started[0] as Started);
    return {
      what: `\`npm start -- ${notebooks.join(" ")}\` after \`npm ci\``,
      bound: `≤ ${mostSeconds} s`,
      said: `${rangeText(seconds, "s", 0)}; ${contents}`,
      holds: seconds.most <= mostSeconds,
    };
  };
}

/** What of summary.json is read here. */
interface Summary {
  readonly notebooks: readonly { readonly name: string }[];
  readonly verdicts: readonly { readonly run: string | null }[];
}

async function describeReport({ reportsFolder }: Started): Promise<string> {
  const summary = JSON.parse(await readFile(join(reportsFolder, "summary.json"), "utf8")) as Summary;
  const notebooks = `${summary.notebooks.length} notebooks, ${summary.verdicts.length} verdicts`;
  const folder = summary.verdicts.find(({ run }) => run !== null)?.run ?? null;
  if (folder === null) return notebooks;
  const { info } = await openRun(join(projectRoot, folder));
  if (info.load !== null) return notebooks;
  const calls = info.pairs * info.blocks * info.callsPerRound;
  return `${notebooks}, ${calls.toLocaleString("en")} calls in each of ${info.arms.length} arms, ${info.pairs} fresh pairs`;
}
