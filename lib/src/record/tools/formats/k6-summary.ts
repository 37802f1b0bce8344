import { z } from "zod";
import type { TableFormat } from "../format.js";
import { Numbers, percentileName } from "../reading/numbers.js";
import { wholeJson } from "../reading/whole-json.js";

const values = z.record(z.string(), z.unknown());

const summary = z.object({ metrics: z.record(z.string(), values) });

/** Metric of k6 → what its numbers are of. */
const arms: Readonly<Record<string, string>> = {
  http_req_duration: "HTTP",
  grpc_req_duration: "gRPC",
  iteration_duration: "iteration",
};

const statistics: Readonly<Record<string, string>> = { avg: "mean", med: "median", min: "min", max: "max" };

/** What k6 computed at the end of a run: `--summary-export`, or the data of `handleSummary` as JSON. */
export const k6Summary: TableFormat = {
  kind: "table",
  name: "k6 --summary-export or handleSummary",
  tool: "k6",
  recognise: (head) =>
    /^\s*\{/.test(head) && /"metrics"\s*:\s*\{/.test(head) && /"(iterations|http_reqs|vus)"\s*:/.test(head),
  notes: [
    "Calls that failed are in its HTTP times, but for those of {expected_response:true}.",
    "Its time of an HTTP request leaves out connecting; that of a gRPC call runs from begin to end.",
  ],
  async read(file) {
    const { metrics } = wholeJson(file, await file.text(), summary);
    const numbers = new Numbers(file);
    for (const [name, metric] of Object.entries(metrics)) {
      const nested = values.safeParse(metric.values);
      const of = nested.success ? nested.data : metric;
      const [base = "", tags = ""] = name.split(/(?=\{)/);
      const known = Object.hasOwn(arms, base) ? arms[base] : undefined;
      if (known !== undefined) addTimes(numbers, `${known} ${tags}`.trim(), of);
      const number = (key: string) => (typeof of[key] === "number" ? of[key] : null);
      if (name === "http_reqs" || name === "iterations") {
        const arm = name === "http_reqs" ? "HTTP" : "iteration";
        numbers.add({ arm }, "count", "calls", number("count"));
        numbers.add({ arm }, "rate", "1/s", number("rate"));
      }
      // A rate counts how often its condition was true, and here that is a failure.
      if (name === "http_req_failed") numbers.add({ arm: "HTTP" }, "failures", "calls", number("passes"));
      if (name === "vus_max") numbers.add({ arm: "all" }, "users", "users", number("value") ?? number("max"));
    }
    return numbers.end();
  },
};

function addTimes(numbers: Numbers, arm: string, of: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(of)) {
    if (typeof value !== "number") continue;
    const percent = /^p\((\d+(?:\.\d+)?)\)$/.exec(key)?.[1];
    const metric =
      percent === undefined
        ? Object.hasOwn(statistics, key)
          ? statistics[key]
          : undefined
        : percentileName(percent);
    if (metric !== undefined) numbers.add({ arm }, metric, "ms", value);
  }
}
