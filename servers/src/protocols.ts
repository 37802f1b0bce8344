import { checkNames, WrongOption } from "./wrong-option.js";

/** What servers can speak. */
export const protocols = ["rest", "grpc"] as const;

/** One of the two. */
export type Protocol = (typeof protocols)[number];

/** `names`, if they are protocols, one at least; else throws `WrongOption`. */
export function checkProtocols(names: readonly string[]): readonly Protocol[] {
  if (names.length > 0) return checkNames("protocol", names, protocols);
  throw new WrongOption(`Servers need a protocol: ${protocols.join(", ")} or both.`);
}
