import type { ServedWork } from "./served-work.js";

/**
 * Every work that can be served. Each is imported only when it is, because some bring libraries that take long to load;
 * what is ready here waits for nothing at its first call. A new work is a line here and a file in `serving/`.
 */
const loaders = {
  increment: async () => (await import("./serving/increment.js")).incrementWork,
  add: async () => (await import("./serving/add.js")).addWork,
  image: async () => (await import("./serving/image.js")).imageWork,
  classify: async () => (await import("./serving/classify.js")).loadClassifyWork(),
} satisfies Record<string, () => Promise<ServedWork>>;

/** The names of all works. */
export const workNames: readonly string[] = Object.keys(loaders);

/** There is no work of that name; the message lists those there are. */
export class UnknownWork extends Error {
  override readonly name = "UnknownWork";
}

/** Throws {@link UnknownWork} unless each of `names` is a work. */
export function checkWorks(names: readonly string[]): void {
  const unknown = names.find((name) => !workNames.includes(name));
  if (unknown === undefined) return;
  throw new UnknownWork(`There is no work "${unknown}"; choose from ${workNames.join(", ")}.`);
}

/** Loads the works of those names, ready to be called; rejects with {@link UnknownWork}. */
export async function loadWorks(names: readonly string[]): Promise<ServedWork[]> {
  checkWorks(names);
  const chosen = new Set(names) as Set<keyof typeof loaders>;
  return Promise.all([...chosen].map((name) => loaders[name]()));
}
