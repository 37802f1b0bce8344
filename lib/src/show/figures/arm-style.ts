import { COLORS, mix } from "../style.js";

/** How an arm is drawn in every figure: told apart by colour, and by dash and mark without it. */
export interface ArmStyle {
  readonly color: string;
  readonly dash: string;
  readonly symbol: string;
}

/** Arm name → what it speaks; arms that are not named here are taken by their name. */
export type ArmProtocols = Readonly<Record<string, "none" | "rest" | "grpc">>;

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "cross", "star"] as const;

/** Share of the protocol's colour that its 1st, 2nd, 3rd … arm keeps; the rest is the text's colour. */
const TINTS = [1, 0.58, 0.34] as const;

/** A style for each arm, in the order of `names`; the same names get the same styles in every figure. */
export function armStyles(names: readonly string[], protocols: ArmProtocols = {}): readonly ArmStyle[] {
  const seen = { none: 0, rest: 0, grpc: 0 };
  return names.map((name, index) => {
    const protocol = protocols[name] ?? guessProtocol(name);
    const tint = TINTS[Math.min(seen[protocol]++, TINTS.length - 1)] ?? 1;
    return {
      color: tint === 1 ? COLORS[protocol] : mix(COLORS[protocol], tint, COLORS.ink),
      dash: DASHES[index % DASHES.length] ?? "solid",
      symbol: SYMBOLS[index % SYMBOLS.length] ?? "circle",
    };
  });
}

/** The protocol that an arm's name tells of. */
export function guessProtocol(name: string): "none" | "rest" | "grpc" {
  if (/grpc/i.test(name)) return "grpc";
  return /rest|express|http|flask|starlette|fastapi|undici|fetch/i.test(name) ? "rest" : "none";
}
