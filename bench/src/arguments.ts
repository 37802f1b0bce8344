import { parseArgs } from "node:util";
import { WirelabError } from "wirelab/dist/errors.js";
import { chooseRows, type NamedRow, rows } from "./rows.js";

/** What the command line asks for. */
export type BenchArguments =
  | { readonly kind: "help" }
  | {
      readonly kind: "run";
      readonly rows: readonly NamedRow[];
      readonly repeats: number;
      readonly tries: number;
      readonly smoke: boolean;
    };

/** How the bench is used, with every row's name. */
export const usage = `npm run bench [-- [ROW …] [--repeats N] [--tries N] [--smoke]]

Measures what the lab itself costs and how often it is wrong. Prints a table and writes reports/bench.json.

  ROW          rows to run (default: all): ${rows.map(({ name }) => name).join(", ")}
  --repeats N  repeats of the A/A control (default: 100)
  --tries N    tries of each planted delay, and of a notebook's verdicts (default: 20)
  --smoke      a few calls only: shows that the rows run, and says nothing about their bounds

Example:
  npm run bench -- wrk ghz`;

const options = {
  help: { type: "boolean", short: "h" },
  repeats: { type: "string" },
  tries: { type: "string" },
  smoke: { type: "boolean" },
} as const;

/** Reads the command line; throws a `usage` error for an unknown row or option, or a number that is none. */
export function readArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = parse(argv);
  if (values.help === true) return { kind: "help" };
  const smoke = values.smoke === true;
  return {
    kind: "run",
    rows: chooseRows(positionals),
    repeats: wholeNumber("--repeats", values.repeats, smoke ? 2 : 100),
    tries: wholeNumber("--tries", values.tries, smoke ? 1 : 20),
    smoke,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (cause) {
    const reason = (cause as Error).message.split(". ")[0];
    throw new WirelabError("usage", `${reason}; npm run bench -- --help shows what there is.`, { cause });
  }
}

function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new WirelabError("usage", `${option} must be a whole number above 0, not ${text}.`);
}
