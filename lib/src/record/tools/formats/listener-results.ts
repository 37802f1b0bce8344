import type { TableFormat } from "../format.js";
import { eachRow } from "../reading/csv.js";
import { Numbers } from "../reading/numbers.js";

const columns = ["Time (s)", "RPS", "Avg Response Time (ms)", "Failure Count"];

/** A row a second or so, as post 004's listener of Locust writes it. */
export const listenerResults: TableFormat = {
  kind: "table",
  name: "post 004's listener",
  tool: "Locust",
  recognise: (head) => head.startsWith(columns.join(",")),
  notes: [
    "The condition is the time in s. The average is over all calls from the begin on, and failures are counted so too; the rate is that since the row before.",
  ],
  async read(file) {
    const numbers = new Numbers(file);
    await eachRow(file, { needed: columns, last: "always ended" }, (row) => {
      const place = { arm: file.name, condition: row.text("Time (s)"), line: row.line };
      numbers.add(place, "rate", "1/s", row.text("RPS"));
      numbers.add(place, "mean", "ms", row.text("Avg Response Time (ms)"));
      numbers.add(place, "failures", "calls", row.text("Failure Count"));
    });
    return numbers.end();
  },
};
