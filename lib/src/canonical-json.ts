/**
 * JSON in which the keys of every object are sorted, so that equal values have equal texts.
 *
 * @example
 * canonicalJson({ b: 1, a: [] }); // '{"a":[],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
