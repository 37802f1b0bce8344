import { z } from "zod";
import { WirelabError } from "../../errors.js";
import { environment } from "../../record/machine/environment-schema.js";
import { type Warning, warningCodes } from "../../record/run-info.js";
import {
  type ClaimedDirection,
  claimMetrics,
  type Direction,
  type Finding,
  type Size,
  type Verdict,
} from "../../verdicts/types.js";
import type { Notebook } from "../cells/ipynb.js";
import { outputHtml } from "../cells/outputs.js";

const nullableNumber = z.number().nullable();
const clause = z.string();

/** One of the words of a list. */
function wordOf<T extends string>(words: readonly T[]): z.ZodType<T> {
  const isWord = (value: unknown): value is T => (words as readonly unknown[]).includes(value);
  return z.custom<T>(isWord, `must be one of: ${words.join(", ")}`);
}

/** One of the words of a union type; a record, so that the compiler misses none when the type grows. */
function oneOf<T extends string>(words: Readonly<Record<T, true>>): z.ZodType<T> {
  return wordOf(Object.keys(words) as T[]);
}

const directions: Readonly<Record<Direction, true>> = {
  holds: true,
  opposite: true,
  negligible: true,
  undecided: true,
  "not testable here": true,
};

/** A verdict as pages and `summary.json` hold it. */
export const verdict = z.object({
  claim: clause,
  post: clause,
  statement: clause,
  metric: wordOf(claimMetrics),
  first: clause,
  second: clause,
  claimed: oneOf<ClaimedDirection>({ "above one": true, "below one": true, "about one": true }),
  stack: clause,
  direction: oneOf<Direction>(directions),
  size: oneOf<Size>({ agrees: true, smaller: true, larger: true }).nullable(),
  ratio: nullableNumber,
  low: nullableNumber,
  high: nullableNumber,
  published: nullableNumber,
  conditions: clause,
  smallestEffect: z.number(),
  calls: nullableNumber,
  scope: clause,
  run: clause.nullable(),
  missing: clause.nullable(),
}) satisfies z.ZodType<Verdict>;

const finding = z.object({
  post: clause,
  strength: oneOf<Finding["strength"]>({ contradiction: true, suggestive: true }),
  printed: clause,
  found: clause,
}) satisfies z.ZodType<Finding>;

const warning = z.object({
  code: wordOf(warningCodes),
  message: clause,
  advice: clause,
}) satisfies z.ZodType<Warning>;

const claimCondition = z.object({ claim: clause, brief: clause, sentence: clause });

/** Under which flips a claim holds, as a notebook says it. */
export type ClaimConditionNote = z.infer<typeof claimCondition>;

const run = z.object({ folder: clause.nullable(), environment, warnings: z.array(warning) });

/** A run as its card in a notebook tells of it. */
export type RunNote = z.infer<typeof run>;

/** Something found in an output, with the cell it stands in. */
export interface InCell<T> {
  readonly value: T;
  readonly cellId: string;
}

/** What the outputs of an executed notebook carry for programs. */
export interface Embedded {
  readonly verdicts: readonly InCell<Verdict>[];
  readonly findings: readonly InCell<Finding>[];
  readonly runs: readonly InCell<RunNote>[];
  readonly claimConditions: readonly InCell<ClaimConditionNote>[];
}

/**
 * Reads the JSON that a notebook's HTML outputs carry in `<script type="application/json" data-wirelab="…">`:
 * `verdicts`, `findings` and `claim-conditions` are arrays, `run` is one object. What is shown twice is returned once, at its first place.
 *
 * @throws WirelabError `usage` naming the cell when the JSON is not what it says it is
 */
export function readEmbedded(notebook: Notebook): Embedded {
  const verdicts: InCell<Verdict>[] = [];
  const findings: InCell<Finding>[] = [];
  const runs: InCell<RunNote>[] = [];
  const claimConditions: InCell<ClaimConditionNote>[] = [];
  for (const { id: cellId, ...cell } of notebook.cells) {
    for (const output of cell.cell_type === "code" ? cell.outputs : []) {
      for (const { kind, json } of scriptsIn(outputHtml(output) ?? "")) {
        if (kind === "verdicts")
          verdicts.push(...placed(parse(z.array(verdict), json, kind, cellId), cellId));
        else if (kind === "findings")
          findings.push(...placed(parse(z.array(finding), json, kind, cellId), cellId));
        else if (kind === "claim-conditions")
          claimConditions.push(...placed(parse(z.array(claimCondition), json, kind, cellId), cellId));
        else if (kind === "run") runs.push(...placed([parse(run, json, kind, cellId)], cellId));
      }
    }
  }
  return {
    verdicts: once(verdicts),
    findings: once(findings),
    runs: once(runs),
    claimConditions: once(claimConditions),
  };
}

function scriptsIn(markup: string): { kind: string; json: string }[] {
  return [...markup.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].flatMap(
    ([, attributes = "", json = ""]) => {
      const kind = /\bdata-wirelab="([^"]*)"/.exec(attributes)?.[1];
      return kind !== undefined && attributes.includes('type="application/json"') ? [{ kind, json }] : [];
    },
  );
}

function parse<T>(schema: z.ZodType<T>, json: string, kind: string, cellId: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WirelabError(
    "usage",
    `The ${kind} in the output of cell ${cellId} cannot be read (${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}); run the notebook again with the library that this report is made with.`,
  );
}

function placed<T>(values: readonly T[], cellId: string): InCell<T>[] {
  return values.map((value) => ({ value, cellId }));
}

function once<T>(found: readonly InCell<T>[]): InCell<T>[] {
  const seen = new Set<string>();
  return found.filter(({ value }) => {
    const key = JSON.stringify(value);
    return seen.has(key) ? false : seen.add(key) !== null;
  });
}
