import { z } from "zod";
import type { TableFormat } from "./format.js";
import { Numbers, percentileName } from "./numbers.js";
import { wholeJson } from "./whole-json.js";

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

const notes = ["autocannon knows whole milliseconds only: a latency of 0 ms is one below 1."];

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
    for (const percent of ["50", "75", "90", "97.5", "99", "99.9"]) {
      numbers.add(place, percentileName(percent), "ms", of(latency, `p${percent.replace(".", "_")}`));
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
    const cells = (line: string) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim());
    let header: readonly string[] = [];
    for (const line of text.split("\n").filter((each) => each.startsWith("│"))) {
      const [first = "", ...rest] = cells(line);
      if (first === "Stat" || first === "Code") header = rest;
      else if (first === "Latency")
        for (const [i, name] of header.entries()) addLatency(numbers, place, name, rest[i]);
      else if (first === "Req/Sec")
        numbers.add(place, "rate", "1/s", rest[header.indexOf("Avg")]?.replaceAll(",", ""));
    }
    const answers = /(\d+) 2xx responses, (\d+) non 2xx responses/.exec(text);
    numbers.add(place, "failures", "calls", answers?.[2]);
    numbers.add(place, "users", "users", /^(\d+) connections/m.exec(text)?.[1]);
    return numbers.end();
  },
};

function addLatency(
  numbers: Numbers,
  place: { readonly arm: string },
  name: string,
  cell: string | undefined,
): void {
  const percent = /^([\d.]+)%$/.exec(name)?.[1];
  const words: Readonly<Record<string, string>> = { Avg: "mean", Max: "max", Min: "min" };
  const metric =
    percent === undefined ? (Object.hasOwn(words, name) ? words[name] : undefined) : percentileName(percent);
  if (metric !== undefined) numbers.addTime(place, metric, cell);
}
