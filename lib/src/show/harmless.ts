/** What a terminal acts on or hides instead of showing it: control characters, and marks that change direction or have no width. */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text of somebody else's as a terminal may print it: what would not be shown as a character is written as its number.
 * @example
 * harmless("\u001b[2J"); // "\\u001b[2J"
 */
export function harmless(text: string): string {
  return text.replace(unseen, escaped);
}

/** The same for a text of several lines, which it keeps; JSON keeps its meaning too. */
export function harmlessLines(text: string): string {
  return text.split("\n").map(harmless).join("\n");
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
