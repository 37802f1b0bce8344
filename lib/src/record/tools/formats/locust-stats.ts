import type { TableFormat } from "../format.js";
import { type CsvRow, eachRow, type LastRow } from "../reading/csv.js";
import { type NumberPlace, Numbers, percentileName } from "../reading/numbers.js";
import type { ToolFile } from "../reading/tool-file.js";

const percents = ["66", "75", "80", "90", "95", "98", "99", "99.9", "99.99"];

const notes = [
  "Locust rounds percentiles: below 100 ms to 1 ms, below 1 s to 10 ms, above to 100 ms. It writes the file about once a second, so the last calls may be missing.",
  "A mean, shortest or longest time without decimals may be one of Locust 0 or 1, which cut them off: it is up to 1 ms longer.",
];

/** One row an endpoint: `locust --csv`. Locust 0 had other words for its columns. */
export const locustStats: TableFormat = {
  kind: "table",
  name: "locust --csv (_stats.csv)",
  tool: "Locust",
  recognise: (head) => /^Type,Name,(Request Count,Failure Count|# requests,# failures),/.test(unquoted(head)),
  notes,
  async read(file) {
    const numbers = new Numbers(file);
    const word = wordsOf(file);
    const calls = word("Request Count", "# requests");
    const add = (row: CsvRow) => {
      const place = { arm: armOf(row), line: row.line };
      numbers.add(place, "count", "calls", row.text(calls));
      numbers.add(place, "failures", "calls", row.text(word("Failure Count", "# failures")));
      numbers.add(place, "median", "ms", row.text(word("Median Response Time", "Median response time")));
      numbers.add(place, "mean", "ms", row.text(word("Average Response Time", "Average response time")));
      numbers.add(place, "min", "ms", row.text(word("Min Response Time", "Min response time")));
      numbers.add(place, "max", "ms", row.text(word("Max Response Time", "Max response time")));
      addPercentiles(numbers, place, row);
      numbers.add(place, "rate", "1/s", row.text("Requests/s"));
      numbers.add(place, "bytes", "bytes", row.text("Average Content Size"));
    };
    await eachRow(file, { needed: ["Type", "Name", calls], last: lastOf(file) }, add);
    return numbers.end();
  },
};

/** One row an endpoint and second: `locust --csv`, with `--csv-full-history` also for endpoints. */
export const locustHistory: TableFormat = {
  kind: "table",
  name: "locust --csv (_stats_history.csv)",
  tool: "Locust",
  recognise: (head) =>
    /^(Timestamp,User Count,Type,Name|Type,Name,Timestamp,# requests),/.test(unquoted(head)),
  notes: [
    ...notes,
    "The condition is a Unix time. Rates are of the last ten seconds, and so are percentiles with --csv-full-history, in Locust 0 and 1 always; without it, and all else, is from the begin on.",
  ],
  async read(file) {
    const numbers = new Numbers(file);
    const word = wordsOf(file);
    const calls = word("Total Request Count", "# requests");
    const add = (row: CsvRow) => {
      const place = { arm: armOf(row), condition: row.text("Timestamp"), line: row.line };
      numbers.add(place, "users", "users", row.text("User Count"));
      numbers.add(place, "rate", "1/s", row.text("Requests/s"));
      numbers.add(place, "count", "calls", row.text(calls));
      numbers.add(place, "failures", "calls", row.text(word("Total Failure Count", "# failures")));
      numbers.add(
        place,
        "mean",
        "ms",
        row.text(word("Total Average Response Time", "Average response time")),
      );
      numbers.add(
        place,
        "median",
        "ms",
        row.text(word("Total Median Response Time", "Median response time")),
      );
      // Without calls in its ten seconds Locust writes 0 for each.
      if (row.text("100%") !== "0") addPercentiles(numbers, place, row);
    };
    await eachRow(file, { needed: ["Timestamp", "Type", "Name", calls], last: lastOf(file) }, add);
    return numbers.end();
  },
};

function addPercentiles(numbers: Numbers, place: NumberPlace, row: CsvRow): void {
  for (const percent of percents) numbers.add(place, percentileName(percent), "ms", row.text(`${percent}%`));
}

/** Locust 0 and 1 quote each cell of the header, and leave the last line of `_stats.csv` without an end. */
function lastOf({ head }: ToolFile): LastRow {
  return head.startsWith('"') ? "open where whole" : "always ended";
}

/** Picks the word for a column: what Locust calls it, or what Locust 0 did. */
function wordsOf(file: ToolFile): (now: string, before: string) => string {
  const isOld = unquoted(file.head).includes("# requests");
  return (now, before) => (isOld ? before : now);
}

/** The header. */
function unquoted(head: string): string {
  return (head.split("\n", 1)[0] ?? "").replaceAll('"', "");
}

/** The last row is of all endpoints, and has no type, which Locust 0 and 1 write as None. */
function armOf(row: CsvRow): string {
  const type = row.text("Type");
  return `${type === "None" ? "" : type} ${row.text("Name")}`.trim();
}
