import { type Need, needsOf, sayNeed } from "../experiment/plan/needs.js";
import type { PlanOptions } from "../experiment/plan/plan-options.js";
import { showable } from "../show/display.js";
import { html } from "../show/html.js";

/**
 * What a load would need of this machine, and how much of that there is, before it runs; shows itself as sentences.
 *
 * @throws WirelabError `usage` for a wrong option, as `measure` does
 * @example
 * lab.needs({ work: "payload", arms: ["rest"], load: lab.closedLoad({ users: 10_000, runTimeMs: 30_000 }) });
 */
export function needs(options: PlanOptions): readonly Need[] {
  const all = needsOf(options);
  const sentences = all.map(sayNeed);
  return showable(all, {
    html: () => html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`.markup,
    text: () => sentences.join("\n"),
  });
}
