import { z } from "zod";
import type { TableFormat } from "../format.js";
import { Numbers, percentileName } from "../reading/numbers.js";
import { wholeJson } from "../reading/whole-json.js";

const statistics = z.record(z.string(), z.unknown());

const result = z.object({
  url: z.string().default(""),
  connections: z.number(),
  duration: z.number(),
  errors: z.number().default(0),
  non2xx: z.number().default(0),
  latency: statistics,
  requests: statistics,
});

const notes = [
  "autocannon knows whole milliseconds only: a latency of 0 ms is one below 1.",
  "A call whose connection the server closed without an answer may be among neither its calls nor its failures.",
];

const percents = ["50", "75", "90", "97.5", "99", "99.9"];

/** `autocannon -j`. */
export const autocannonJson: TableFormat = {
  kind: "table",
  name: "autocannon -j",
  tool: "autocannon",
  recognise: (head) =>
    /^\s*\{/.test(head) && /"latency"\s*:\s*\{/.test(head) && /"connections"\s*:/.test(head),
  notes,
  async read(file) {
    const { url, connections, duration, errors, non2xx, latency, requests } = wholeJson(
      file,
      await file.text(),
      result,
    );
    const numbers = new Numbers(file);
    const place = { arm: url };
    const of = (from: Readonly<Record<string, unknown>>, key: string) =>
      typeof from[key] === "number" ? from[key] : null;
    numbers.add(place, "count", "calls", of(requests, "total"));
    numbers.add(place, "failures", "calls", errors + non2xx);
    numbers.add(place, "mean", "ms", of(latency, "average"));
    numbers.add(place, "min", "ms", of(latency, "min"));
    numbers.add(place, "max", "ms", of(latency, "max"));
    for (const percent of percents) {
      // autocannon 2 wrote p999 for p99_9.
      const keys = ["_", ""].map((point) => `p${percent.replace(".", point)}`);
      const key = keys.find((each) => Object.hasOwn(latency, each)) ?? "";
      numbers.add(place, percentileName(percent), "ms", of(latency, key));
    }
    numbers.add(place, "rate", "1/s", of(requests, "average"));
    numbers.add(place, "users", "users", connections);
    numbers.add(place, "duration", "s", duration);
    return numbers.end();
  },
};

/** What autocannon prints for people. */
export const autocannonText: TableFormat = {
  kind: "table",
  name: "autocannon",
  tool: "autocannon",
  recognise: (head) => /^\s*Running [^\n]* test @ [^\n]*\n\d+ connections/.test(head),
  notes,
  async read(file) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: its tables are coloured
    const text = (await file.text()).replaceAll(/\u001b\[[\d;]*m/g, "");
    const numbers = new Numbers(file);
    const place = { arm: /test @ (\S+)/.exec(text)?.[1] ?? "" };
    const seen = new Set<string>();
    const addLatency = (metric: string | undefined, cell: string | undefined) => {
      if (metric !== undefined && !seen.has(metric)) numbers.addTime(place, metric, cell);
      if (metric !== undefined) seen.add(metric);
    };
    let header: readonly string[] = [];
    for (const [first = "", ...rest] of text.split("\n").map(cellsOf)) {
      if (first === "Stat" || first === "Code" || first === "Percentile") header = [first, ...rest];
      else if (first === "Latency" || first === "Latency (ms)")
        for (const [i, cell] of rest.entries()) addLatency(metricOf(header[i + 1] ?? ""), inMs(cell, first));
      else if (first === "Req/Sec")
        numbers.add(place, "rate", "1/s", rest[header.indexOf("Avg") - 1]?.replaceAll(",", ""));
      else if (header[0] === "Percentile" && percents.includes(first))
        addLatency(percentileName(first), inMs(rest[0], "Latency (ms)"));
    }
    numbers.add(place, "failures", "calls", failuresIn(text));
    numbers.add(place, "users", "users", /^(\d+) connections/m.exec(text)?.[1]);
    return numbers.end();
  },
};

/** Of a row of its tables, which autocannon 2 drew without lines. */
function cellsOf(line: string): readonly string[] {
  if (line.startsWith("│"))
    return line
      .split("│")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [, first, rest = ""] =
    /^(Stat|Percentile|Latency \(ms\)|Req\/Sec|[\d.]+)((?:\s+[\w.()]+)+)\s*$/.exec(line) ?? [];
  return first === undefined ? [] : [first, ...rest.trim().split(/\s+/)];
}

/** autocannon 2 has the unit in the row's name. */
function inMs(cell: string | undefined, row: string): string | undefined {
  return row === "Latency (ms)" && cell !== undefined ? `${cell} ms` : cell;
}

function metricOf(column: string): string | undefined {
  const percent = /^([\d.]+)%$/.exec(column)?.[1];
  if (percent !== undefined) return percentileName(percent);
  const words: Readonly<Record<string, string>> = { Avg: "mean", Max: "max", Min: "min" };
  return Object.hasOwn(words, column) ? words[column] : undefined;
}

/** Answers that are no 2xx, and errors where they are not shortened to thousands; undefined where neither is printed. */
function failuresIn(text: string): number | undefined {
  const refused = /\d+ 2xx responses, (\d+) non 2xx responses/.exec(text)?.[1];
  const errors = /^(\d+k?) errors \(/m.exec(text)?.[1];
  if ((refused === undefined && errors === undefined) || errors?.endsWith("k")) return undefined;
  return Number(refused ?? 0) + Number(errors ?? 0);
}
