/** Servers cannot be started with what was asked; the message says why and what there is. */
export class WrongOption extends Error {
  override readonly name = "WrongOption";
}

/** `names`, if each is one of `known`, else throws {@link WrongOption}; `kind` says what they name. */
export function checkNames<Known extends string>(
  kind: string,
  names: readonly string[],
  known: readonly Known[],
): readonly Known[] {
  const unknown = names.find((name) => !(known as readonly string[]).includes(name));
  if (unknown === undefined) return names as readonly Known[];
  throw new WrongOption(`There is no ${kind} "${unknown}"; choose from ${known.join(", ")}.`);
}
