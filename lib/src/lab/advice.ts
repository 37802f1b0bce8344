import { type AdviceTable, adviceTable } from "../show/tables/advice-table.js";
import type { VerdictTable } from "../show/tables/verdict-table.js";
import { loadAdvice, weigh } from "../verdicts/advice.js";

/**
 * What a post advises, each sentence with the verdicts that speak for it and against it, or why none can.
 *
 * @example
 * lab.advice("002", await lab.verdicts("002", runs));
 */
export function advice(post: string, { verdicts }: VerdictTable): AdviceTable {
  const ofPost = loadAdvice().filter((one) => one.post === post);
  return adviceTable(ofPost.map((one) => weigh(one, verdicts)));
}
