import { type Anchor, anchorWords } from "../anchor.js";
import { showable } from "../display.js";
import { html } from "../html.js";

/** A sentence or two, and the figure or table that shows what they say; null where nothing does. */
export interface Reason {
  readonly sentence: string;
  readonly shownBy: Anchor | null;
}

/** Sentences that link to what shows them. */
export interface Reasons {
  readonly reasons: readonly Reason[];
}

/** Shows reasons as a list, each with its link. */
export function reasonList(reasons: readonly Reason[]): Reasons {
  return showable(
    { reasons },
    {
      html: () => html`<ul>${reasons.map(reasonItem)}</ul>`.markup,
      text: () => reasons.map(reasonText).join("\n"),
    },
  );
}

function reasonItem({ sentence, shownBy }: Reason) {
  const link = shownBy && html` <a href="#${shownBy}">See ${anchorWords[shownBy]}</a>.`;
  return html`<li>${sentence}${link}</li>
`;
}

function reasonText({ sentence, shownBy }: Reason): string {
  return shownBy === null ? sentence : `${sentence} (See ${anchorWords[shownBy]}.)`;
}
