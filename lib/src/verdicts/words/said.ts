import { sayNumber } from "../../stats/digits.js";
import { contradictsItself } from "../published/claims.js";
import type { ClaimedDirection, ClaimMetric } from "../types.js";
import { sayArm, wordsFor } from "./words.js";

/** What of a claim its sentence is made from. */
export interface Said {
  readonly metric: ClaimMetric;
  readonly first: string;
  readonly second: string;
  readonly claimed: ClaimedDirection;
  readonly published: number | null;
}

/** A claim as a clause, with its published number where it has one: `REST took 24 times as long as gRPC`. */
export function sayClaim({ metric, first, second, claimed, published }: Said): string {
  const words = wordsFor(metric);
  const [a, b] = [sayArm(first), sayArm(second)];
  const inWords = `${a} ${words.verb} ${claimedWords(metric, claimed)} ${b}`;
  if (published === null) return inWords;
  const times = `${sayNumber(published)} times ${words.as}`;
  return contradictsItself({ direction: claimed, ratio: published })
    ? `${inWords}, but prints ${sayNumber(published)} times`
    : `${a} ${words.verb} ${times} ${b}`;
}

/** What the post says of two arms that the sentence has named before: `the post says 24 times`. */
export function sayPublished({ metric, claimed, published }: Said): string {
  const inWords = claimedWords(metric, claimed).replace(/ (than|as|of)$/, "");
  if (published === null) return `the post says ${inWords}`;
  if (contradictsItself({ direction: claimed, ratio: published })) {
    return `the post says ${inWords}, though its own numbers give ${sayNumber(published)} times`;
  }
  const number = `the post says ${sayNumber(published)} times`;
  return claimed === "about one" ? `${number}, ${inWords}` : number;
}

function claimedWords(metric: ClaimMetric, claimed: ClaimedDirection): string {
  const words = wordsFor(metric);
  return { "above one": words.more, "below one": words.less, "about one": words.same }[claimed];
}
