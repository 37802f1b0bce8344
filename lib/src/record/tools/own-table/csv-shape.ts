const [quote, comma, newline, carriage] = [34, 44, 10, 13];

type State = "at the start of a row" | "at the start of a cell" | "in a cell" | "in quotes" | "behind quotes";

/**
 * Counts the rows and cells of a CSV text as the strict reader does (`csv.ts`), one character at a time. DuckDB forgives what that
 * reader refuses: a cell too many at the end of a row, quotes in the middle of one, blanks before them.
 */
export class CsvShape {
  /** Rows that are not empty, the header included. */
  rows = 0;
  cells = 0;
  /** Whether there are quotes where the strict reader allows none. */
  isStrange = false;
  #state: State = "at the start of a row";

  /** Takes the next stretch of the text. */
  read(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // Most characters change nothing.
      if (code > comma && this.#state === "in a cell") continue;
      this.#step(code);
    }
  }

  #step(code: number): void {
    const state = this.#state;
    if (state === "in quotes") {
      if (code === quote) this.#state = "behind quotes";
      return;
    }
    if (code === newline || code === carriage) {
      this.#state = "at the start of a row";
      return;
    }
    if (state === "at the start of a row") {
      this.rows++;
      this.cells++;
    }
    if (code === comma) {
      this.cells++;
      this.#state = "at the start of a cell";
    } else if (code === quote) {
      // Two within quotes are one.
      if (state === "in a cell") this.isStrange = true;
      this.#state = "in quotes";
    } else {
      if (state === "behind quotes") this.isStrange = true;
      this.#state = "in a cell";
    }
  }
}
