import type { TableFormat } from "../format.js";
import { Numbers } from "../reading/numbers.js";

/** What h2load prints. */
export const h2loadText: TableFormat = {
  kind: "table",
  name: "h2load",
  tool: "h2load",
  recognise: (head) => /^starting benchmark\.\.\./.test(head) && head.includes("spawning thread"),
  notes: ["h2load gives no percentiles; its times leave connecting out, and calls that failed."],
  async read(file) {
    const text = await file.text();
    const numbers = new Numbers(file);
    const place = { arm: file.name };
    const [, total, succeeded, failed] =
      /^requests: (\d+) total, .*?(\d+) succeeded, (\d+) failed/m.exec(text) ?? [];
    const [, min, max, mean] = /^time for request:\s+(\S+)\s+(\S+)\s+(\S+)/m.exec(text) ?? [];
    const [, duration, rate] = /^finished in ([\d.]+\w+), ([\d.]+) req\/s/m.exec(text) ?? [];
    numbers.add(place, "count", "calls", total);
    numbers.add(place, "successes", "calls", succeeded);
    numbers.add(place, "failures", "calls", failed);
    numbers.addTime(place, "mean", mean);
    numbers.addTime(place, "min", min);
    numbers.addTime(place, "max", max);
    numbers.add(place, "rate", "1/s", rate);
    numbers.addTime(place, "duration", duration);
    return numbers.end();
  },
};
