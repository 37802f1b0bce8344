import type { TableFormat } from "../format.js";
import { Numbers, percentileName } from "../reading/numbers.js";

/** What hey prints. */
export const heyText: TableFormat = {
  kind: "table",
  name: "hey",
  tool: "hey",
  recognise: (head) => /^\s*Summary:\s*\n\s+Total:/.test(head) && /\n\s+Requests\/sec:/.test(head),
  notes: ["hey rounds times to 0.1 ms; calls without an answer are in none of them."],
  async read(file) {
    const text = await file.text();
    const numbers = new Numbers(file);
    const place = { arm: file.name };
    const said = (name: string) => new RegExp(`^\\s+${name}:\\s+([\\d.]+)`, "m").exec(text)?.[1];
    const counted = (pattern: RegExp) =>
      [...text.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
    numbers.add(place, "successes", "calls", counted(/^\s+\[[23]\d\d\]\s+(\d+) responses/gm));
    numbers.add(
      place,
      "failures",
      "calls",
      counted(/^\s+\[[145]\d\d\]\s+(\d+) responses/gm) + counted(/^\s+\[(\d+)\]\s+(?!\d+ responses)\S/gm),
    );
    numbers.add(place, "mean", "s", said("Average"));
    numbers.add(place, "min", "s", said("Fastest"));
    numbers.add(place, "max", "s", said("Slowest"));
    // It prints 0 % for a percentile of too few calls; hey 0.1.5 prints the sign twice.
    for (const [, percent = "", time] of text.matchAll(/^\s+([1-9]\d*)%{1,2} in ([\d.]+) secs/gm)) {
      numbers.add(place, percentileName(percent), "s", time);
    }
    numbers.add(place, "rate", "1/s", said("Requests/sec"));
    numbers.add(place, "duration", "s", said("Total"));
    return numbers.end();
  },
};
