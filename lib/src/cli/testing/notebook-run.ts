import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { findChromium } from "../../notebook/testing/browser.js";
import { faultsOfPages } from "../../notebook/testing/page-faults.js";
import { loadClaims } from "../../verdicts/published/claims.js";
import { cli, temporaryFolder } from "./cli.js";

/** A kernel, and servers, clients and links for every pair. */
export const timeout = 480_000;

/** Parameters of the least that still has an interval: two pairs, and a call a round for each of 16 callers. */
export const small = ["calls=48", "pairs=2"];

/** For notebooks that are run as most people run them; the others have the posts' own stacks, where they are set up. */
export const withoutPython = { WIRELAB_PYTHON: "none" };

/** What summary.json says of one verdict, as far as the tests look at it. */
interface SummaryVerdict {
  readonly post: string;
  readonly claim: string;
  readonly stack: string;
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly direction: string;
}

/** A notebook that has run. */
export interface NotebookRun {
  readonly stdout: string;
  readonly verdicts: readonly SummaryVerdict[];
  /** Holds the run folders. */
  readonly runsFolder: string;
  readonly page: string;
  readonly index: string;
}

/**
 * Runs one notebook by its number with those parameters; it must end well, its verdicts must be possible ones, and its page must keep
 * nobody out, nor the report's index where the notebook judged something.
 */
export async function runNotebook(
  number: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<NotebookRun> {
  const run = await ranNotebook(number, parameters, env);
  const chromium = findChromium();
  if (chromium !== null) {
    const pages = run.verdicts.length > 0 ? [run.page, run.index] : [run.page];
    expect(await faultsOfPages(pages, chromium)).toEqual([]);
  }
  return run;
}

async function ranNotebook(
  number: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<NotebookRun> {
  const folder = await temporaryFolder();
  const runsFolder = join(folder, "runs");
  const given = parameters.flatMap((parameter) => ["-p", parameter]);
  const { exitCode, stdout } = await cli(["run", number, ...given, "--reports", folder], {
    env: { ...env, WIRELAB_RUNS: runsFolder },
  });
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  const { notebooks, verdicts } = JSON.parse(await readFile(join(folder, "summary.json"), "utf8"));
  expect(notebooks).toMatchObject([{ name: expect.stringMatching(`^${number}-`), status: "ok" }]);
  for (const { ratio, low, high, direction } of verdicts) {
    if (direction === "not testable here") expect([ratio, low, high]).toEqual([null, null, null]);
    else expect(low <= ratio && ratio <= high).toBe(true);
  }
  const [page, index] = [`${notebooks[0].name}.html`, "index.html"].map((file) => join(folder, file)) as [
    string,
    string,
  ];
  return { stdout, verdicts, runsFolder, page, index };
}

/** Runs a notebook again from run folders: it must measure nothing, and come to the same verdicts. */
export async function expectSameVerdicts(
  number: string,
  { verdicts }: NotebookRun,
  sources: readonly string[],
): Promise<void> {
  const again = await ranNotebook(number, sources);
  expect(again.verdicts).toEqual(verdicts);
  await expect(readdir(again.runsFolder)).rejects.toThrow(/ENOENT/);
}

/** Nothing but this project's own code was judged. */
export function expectPortedOnly({ verdicts }: NotebookRun): void {
  const kinds = new Set(verdicts.map(({ stack }) => stack.split(":")[0]));
  expect(["ported", "nothing measured"]).toEqual(expect.arrayContaining([...kinds]));
}

/** A post's claims have verdicts, and no others; each may have several, one a condition, such as many callers. */
export function expectClaimsOf(post: string, { stdout, verdicts }: NotebookRun): void {
  const claims = loadClaims().filter((claim) => claim.post === post);
  expect(new Set(verdicts.map(({ claim }) => claim))).toEqual(new Set(claims.map(({ id }) => id)));
  expect(new Set(verdicts.map((verdict) => verdict.post))).toEqual(new Set([post]));
  expect(stdout).toContain("In the processes that ran here");
}
