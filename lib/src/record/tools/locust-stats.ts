import { type CsvRow, eachRow } from "./csv.js";
import type { TableFormat } from "./format.js";
import { type NumberPlace, Numbers, percentileName } from "./numbers.js";

const percents = ["66", "75", "80", "90", "95", "98", "99", "99.9", "99.99"];

const rounding =
  "Locust rounds percentiles: below 100 ms to 1 ms, below 1 s to 10 ms, above to 100 ms. It writes the file about once a second, so the last calls may be missing.";

/** One row an endpoint: `locust --csv`. */
export const locustStats: TableFormat = {
  kind: "table",
  name: "locust --csv (_stats.csv)",
  tool: "Locust",
  recognise: (head) => head.startsWith("Type,Name,Request Count,Failure Count,"),
  notes: [rounding],
  async read(file) {
    const numbers = new Numbers(file);
    const needed = ["Type", "Name", "Request Count", "Failure Count"];
    const add = (row: CsvRow) => {
      const place = { arm: armOf(row), line: row.line };
      numbers.add(place, "count", "calls", row.text("Request Count"));
      numbers.add(place, "failures", "calls", row.text("Failure Count"));
      numbers.add(place, "median", "ms", row.text("Median Response Time"));
      numbers.add(place, "mean", "ms", row.text("Average Response Time"));
      numbers.add(place, "min", "ms", row.text("Min Response Time"));
      numbers.add(place, "max", "ms", row.text("Max Response Time"));
      addPercentiles(numbers, place, row);
      numbers.add(place, "rate", "1/s", row.text("Requests/s"));
      numbers.add(place, "bytes", "bytes", row.text("Average Content Size"));
    };
    await eachRow(file, { needed, last: "always ended" }, add);
    return numbers.end();
  },
};

/** One row an endpoint and second: `locust --csv`, with `--csv-full-history` also for endpoints. */
export const locustHistory: TableFormat = {
  kind: "table",
  name: "locust --csv (_stats_history.csv)",
  tool: "Locust",
  recognise: (head) => head.startsWith("Timestamp,User Count,Type,Name,"),
  notes: [
    rounding,
    "The condition is a Unix time. Rates are of the last ten seconds, and so are percentiles with --csv-full-history; without it, and all else, is from the begin on.",
  ],
  async read(file) {
    const numbers = new Numbers(file);
    const needed = ["Timestamp", "User Count", "Type", "Name", "Total Request Count"];
    const add = (row: CsvRow) => {
      const place = { arm: armOf(row), condition: row.text("Timestamp"), line: row.line };
      numbers.add(place, "users", "users", row.text("User Count"));
      numbers.add(place, "rate", "1/s", row.text("Requests/s"));
      numbers.add(place, "count", "calls", row.text("Total Request Count"));
      numbers.add(place, "failures", "calls", row.text("Total Failure Count"));
      numbers.add(place, "mean", "ms", row.text("Total Average Response Time"));
      numbers.add(place, "median", "ms", row.text("Total Median Response Time"));
      addPercentiles(numbers, place, row);
    };
    await eachRow(file, { needed, last: "always ended" }, add);
    return numbers.end();
  },
};

function addPercentiles(numbers: Numbers, place: NumberPlace, row: CsvRow): void {
  for (const percent of percents) numbers.add(place, percentileName(percent), "ms", row.text(`${percent}%`));
}

/** The last row is of all endpoints, and has no type. */
function armOf(row: CsvRow): string {
  return `${row.text("Type")} ${row.text("Name")}`.trim();
}
