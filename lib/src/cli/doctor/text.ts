import type { Check } from "./check.js";

const marks: Readonly<Record<Check["state"], string>> = { ok: "ok", missing: "missing", careful: "careful" };

/** The checks for a terminal: a heading a topic, a line a check, its advice below. */
export function checksText(checks: readonly Check[]): string {
  const nameWidth = Math.max(...checks.map(({ name }) => name.length));
  const topics = [...new Set(checks.map(({ topic }) => topic))];
  return topics
    .map((topic) => {
      const lines = checks
        .filter((check) => check.topic === topic)
        .map((check) => checkText(check, nameWidth));
      return [topic, ...lines].join("\n");
    })
    .join("\n\n");
}

function checkText({ state, name, found, advice }: Check, nameWidth: number): string {
  const line = `  ${marks[state].padEnd(8)}${name.padEnd(nameWidth)}  ${found}`;
  return advice === null ? line : `${line}\n${" ".repeat(10)}${advice}`;
}
