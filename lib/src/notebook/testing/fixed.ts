import type { Environment } from "../../record/run-info.js";
import { jsonScript } from "../../show/html.js";
import type { Claim, Finding, Verdict } from "../../verdicts/types.js";
import type { Notebook } from "../cells/ipynb.js";
import { code, notebookOf, prose, shows } from "./notebooks.js";

/** A name as someone who means harm would choose it. */
export const hostile = `<img src=x onerror="window.pwned=1">'"&</script><script>window.pwned=1</script>`;

export const environment: Environment = {
  cpu: "Example CPU",
  cores: 2,
  memoryBytes: 8e9,
  os: "Linux 6.1",
  node: "v20.20.2",
  v8: "11.3",
  packages: { express: "5.1.0", "@grpc/grpc-js": "1.14.0" },
  python: null,
  gitCommit: "0123456789abcdef",
  gitDirty: false,
};

export const verdict: Verdict = {
  claim: "003-rest-grpc",
  post: "003",
  statement: "A chain of calls takes longer over REST than over gRPC",
  metric: "total",
  first: "rest",
  second: "grpc",
  claimed: "above one",
  stack: "ported: Express 5.1.0, @grpc/grpc-js 1.14.0",
  direction: "opposite",
  size: null,
  ratio: 0.64321,
  low: 0.62,
  high: 0.66,
  published: 24.04,
  conditions: "one machine; REST keeps its connection",
  smallestEffect: 0.05,
  calls: 20000,
  scope: "fresh processes on this machine",
  run: "data/runs/2026-01-01T00-00-00Z-chain",
  missing: null,
};

export const finding: Finding = {
  post: "003",
  strength: "contradiction",
  printed: "10,000 requests are given as the quotient 1000/80",
  found: "1000 ÷ 80 is 12.5; 10,000 ÷ 80 s is 125 requests a second",
};

export const claim: Claim = {
  id: "003-stream",
  post: "003",
  experiment: "chain",
  work: "increment",
  statement: "A stream is faster than single calls",
  metric: "total",
  first: "grpc",
  second: "grpc-stream",
  direction: "above one",
  ratio: 1.48,
  conditions: "one machine",
  also: null,
};

/** HTML as a notebook's cell shows it, with the JSON that a report collects. */
export function carries(kind: "verdicts" | "findings" | "run" | "claim-conditions", value: unknown): string {
  return `<p>${kind}</p>${jsonScript(value, { "data-wirelab": kind }).markup}`;
}

const table = `<table><thead><tr><th>Arm</th><th class="number">Median</th><th class="number">99 % interval</th></tr></thead>
<tbody><tr><td>REST, kept connection</td><td class="number">112 µs</td><td class="number">110–114 µs</td></tr>
<tr><td>gRPC, unary</td><td class="number">174 µs</td><td class="number">171–178 µs</td></tr></tbody></table>`;

const bundle = "<script data-wirelab-plotly>window.bundles = (window.bundles || 0) + 1;</script>";

/** A notebook with one of everything that a page can show. */
export function everything(): Notebook {
  const notebook = notebookOf(
    prose(`# What a call costs\n\nA post says that 10,000 chained increments take **80 seconds** over REST and 3.3 over
gRPC. Is that the protocol, or the way it was called? We make the same calls here, one after another, and look.`),
    code("let calls = 10_000;\nlet source = '';", { id: "parameters", tags: ["parameters"] }),
    prose(`## The question\n\nEach call needs the answer of the one before it, so *nothing can be sent ahead*. A chain
measures the round trip and nothing else. See [the specification](https://example.org/spec) and \`callsPerRound\`.

- the function alone
- REST with a kept connection
- gRPC, one call at a time`),
    code("const run = await measure({ arms: [rest(), grpc()], calls: calls });\nrun.summary()", {
      id: "summary",
      outputs: [
        shows(`${bundle}${table}`),
        { output_type: "stream", name: "stdout", text: "20,000 calls\n" },
      ],
    }),
    prose(
      `### Reading it\n\nThe medians differ. <b>Markup in prose is shown, not obeyed.</b>\n\n![A picture from elsewhere](https://example.org/picture.png)`,
    ),
    code("figure(run)", {
      id: "figure",
      outputs: [
        shows(`${bundle}<figure><svg viewBox="0 0 600 120" role="img" aria-label="Medians as bars">
<rect x="0" y="20" width="224" height="30" fill="var(--rest)"/><rect x="0" y="70" width="348" height="30" fill="var(--grpc)"/></svg>
<figcaption>Median of a call: REST above, gRPC below</figcaption></figure><script>window.drawn = true;</script>`),
      ],
    }),
    prose("## What went wrong\n\nA warning is marked, and so is a failure."),
    code(`console.error("busy machine"); console.log(${JSON.stringify(hostile)});`, {
      id: "warning",
      outputs: [
        { output_type: "stream", name: "stderr", text: "\u001b[33mbusy machine\u001b[39m\n" },
        { output_type: "stream", name: "stdout", text: `${hostile}\n` },
        { output_type: "display_data", data: { "text/plain": hostile }, metadata: {} },
        {
          output_type: "display_data",
          data: {
            "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="20" onload="window.pwned=1"><circle cx="10" cy="10" r="9"/></svg>`,
          },
          metadata: {},
        },
      ],
    }),
    code("throw new TypeError('no such arm')", {
      id: "failed",
      outputs: [
        {
          output_type: "error",
          ename: "TypeError",
          evalue: `no such arm ${hostile}`,
          traceback: [`TypeError: no such arm ${hostile}`, "    at evalmachine.<anonymous>:1:7"],
        },
      ],
    }),
    code("run.verdicts()", { id: "unreached" }),
  );
  // Ids that do not depend on what was made before.
  const cells = notebook.cells.map((cell, index) =>
    cell.cell_type === "markdown" ? { ...cell, id: `prose-${index}` } : cell,
  );
  return { ...notebook, cells };
}
