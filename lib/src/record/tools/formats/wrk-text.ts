import type { TableFormat } from "../format.js";
import { Numbers, percentileName } from "../reading/numbers.js";

/** What wrk and wrk2 print, with `--latency` also percentiles. */
export const wrkText: TableFormat = {
  kind: "table",
  name: "wrk",
  tool: "wrk",
  recognise: (head) => /^\s*Running [^\n]* test @ [^\n]*\n\s+\d+ threads and \d+ connections/.test(head),
  notes: [
    "Times have three digits. wrk 4 adds, to a call that took longer than usual, calls that would have waited behind it: its mean and percentiles are of more calls than were made.",
  ],
  async read(file) {
    const text = await file.text();
    const numbers = new Numbers(file);
    const place = { arm: /test @ (\S+)/.exec(text)?.[1] ?? "" };
    const [, mean, , longest] = /^\s+Latency\s+(\S+)\s+(\S+)\s+(\S+)/m.exec(text) ?? [];
    numbers.add(place, "count", "calls", /^\s*(\d+) requests in/m.exec(text)?.[1]);
    numbers.add(place, "failures", "calls", failuresIn(text));
    numbers.addTime(place, "mean", mean);
    numbers.addTime(place, "max", longest);
    const seen = new Set<string>();
    for (const [, percent = "", time] of text.matchAll(
      /^\s+(\d+(?:\.\d+)?)%\s+([\d.]+(?:us|ms|s|m|h))\s*$/gm,
    )) {
      // wrk2 prints 50.000 and 100.000.
      const name = percentileName(String(Number(percent)));
      if (!seen.has(name)) numbers.addTime(place, name, time);
      seen.add(name);
    }
    numbers.add(place, "rate", "1/s", /^Requests\/sec:\s+([\d.]+)/m.exec(text)?.[1]);
    numbers.add(place, "users", "users", /(\d+) connections/.exec(text)?.[1]);
    numbers.addTime(place, "duration", /requests in ([\d.]+(?:ms|s|m|h))/.exec(text)?.[1]);
    return numbers.end();
  },
};

function failuresIn(text: string): string {
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  const errors =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return String(errors.reduce((sum, count) => sum + Number(count), refused));
}
