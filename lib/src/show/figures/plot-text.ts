import { escapeHtml } from "../html.js";

/** Text for Plotly, which reads tags and entities in labels: what was measured or read must not become markup. */
export function plotText(text: string): string {
  return escapeHtml(text);
}

/**
 * Text for Plotly in lines of at most `width` characters, broken at spaces; a longer word is cut.
 * With `maxLines` the rest is left out behind an ellipsis.
 */
export function wrapped(text: string, width: number, maxLines = Number.POSITIVE_INFINITY): string {
  const lines = wrapLines(text, width);
  const kept = lines.slice(0, maxLines);
  if (lines.length > maxLines) kept[maxLines - 1] = `${kept[maxLines - 1]} …`;
  return kept.map(plotText).join("<br>");
}

/** The lines that `wrapped` makes, without markup. */
export function wrapLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((long) => cut(long, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function cut(word: string, width: number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < word.length; start += width) pieces.push(word.slice(start, start + width));
  return pieces;
}
