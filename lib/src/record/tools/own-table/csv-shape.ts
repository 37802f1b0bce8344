const [quote, comma, newline, carriage] = [34, 44, 10, 13];

// Numbers, because a state is looked at for every character.
const [atRow, atCell, inCell, inQuotes, behindQuotes] = [0, 1, 2, 3, 4];

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
  #state: number = atRow;

  /** Takes the next stretch of the text. */
  read(text: string): void {
    let state = this.#state;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // Most characters change nothing.
      if (code > comma && state === inCell) continue;
      state = this.#after(state, code);
    }
    this.#state = state;
  }

  #after(state: number, code: number): number {
    if (state === inQuotes) return code === quote ? behindQuotes : inQuotes;
    if (code === newline || code === carriage) return atRow;
    if (state === atRow) {
      this.rows++;
      this.cells++;
    }
    if (code === comma) {
      this.cells++;
      return atCell;
    }
    // Two within quotes are one.
    if (code === quote ? state === inCell : state === behindQuotes) this.isStrange = true;
    return code === quote ? inQuotes : inCell;
  }
}
