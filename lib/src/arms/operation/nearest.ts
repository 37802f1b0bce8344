/** Names in a sentence, the first of many. */
export function listed(names: readonly string[]): string {
  const most = 20;
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The name that may have been meant: at most two letters or a third of them differ; null where there is none. */
export function nearest(name: string, names: readonly string[]): string | null {
  const key = (text: string) => text.toLowerCase().replaceAll("_", "");
  const near = names
    .map((candidate) => ({ candidate, steps: distance(key(name), key(candidate)) }))
    .sort((a, b) => a.steps - b.steps)[0];
  const most = Math.max(2, name.length / 3);
  return near !== undefined && near.steps <= most && near.steps < name.length ? near.candidate : null;
}

/** Levenshtein's distance, a row at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
