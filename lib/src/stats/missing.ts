/** Why something is not known, as the end of a sentence. */
export interface Missing {
  readonly missing: string;
}
