/** What is said of something: a fact a name. */
export type Facts = ReadonlyMap<string, string>;

/** Facts that are not the same before and now, a line each: `node: v20.20.2, now v22.1.0`. */
export function differing(before: Facts, now: Facts): readonly string[] {
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.flatMap((name) => said(name, before.get(name), now.get(name)));
}

/** One such line; none where both are alike. */
export function said(name: string, before: string | undefined, now: string | undefined): readonly string[] {
  return before === now ? [] : [`${name}: ${before ?? "none"}, now ${now ?? "none"}`];
}
