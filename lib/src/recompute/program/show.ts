import type { Estimate } from "../../stats/interval.js";
import type { SaidComparison } from "../words.js";

/** What a card says after a choice. */
export interface Shown {
  readonly said: SaidComparison;
  readonly estimate: Estimate | null;
  readonly warning: string | null;
}

/** A part of a comparison's card, by its name. */
export function partOf(card: HTMLElement, name: string): HTMLElement {
  return card.querySelector(`[data-part="${name}"]`) as HTMLElement;
}

/** Writes it into the card. */
export function show(card: HTMLElement, form: HTMLFormElement, { said, estimate, warning }: Shown): void {
  for (const name of ["ratio", "direction", "basis"] as const) partOf(card, name).textContent = said[name];
  const careless = partOf(card, "careless");
  careless.hidden = warning === null;
  careless.textContent = warning ?? "";
  const { dataset } = partOf(card, "result");
  for (const name of ["value", "low", "high"] as const) dataset[name] = String(estimate?.[name] ?? "");
  showWhen(form, "blocks", isChosen(form, "cut", "first"));
  showWhen(form, "seconds", isChosen(form, "cut", "seconds"));
  showWhen(form, "pair", isChosen(form, "unit", "pair"));
}

/** Not every form has every field. */
function showWhen(form: HTMLFormElement, part: string, isShown: boolean): void {
  const field = form.querySelector<HTMLElement>(`[data-part="${part}"]`);
  if (field !== null) field.hidden = !isShown;
}

function isChosen(form: HTMLFormElement, field: string, value: string): boolean {
  return new FormData(form).get(field) === value;
}
