import { findPython } from "../../hosts/python/find.js";
import { type Reasons, reasonList } from "../../show/cards/reasons.js";
import { type FoundParts, reasonsFrom } from "./reasons.js";

/**
 * Why the posts disagree, as far as this machine was asked: sentences made from the parts of notebook 06 that there are, each with
 * a link to the figure or table that shows it. What is missing is said to be unknown.
 *
 * @example
 * await lab.whyPostsDisagree({ ladder: await lab.ladder({ calls: 1000 }) });
 */
export async function whyPostsDisagree(parts: FoundParts): Promise<Reasons> {
  return reasonList(reasonsFrom(parts, await findPython()));
}
