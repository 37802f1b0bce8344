import type { ComparedRounds, PackedRounds } from "../compared.js";
import { type Choice, recompute } from "../recompute.js";
import { unpackRounds } from "../unpack.js";
import { type ComparisonWords, sayCareless, sayComparison } from "../words.js";
import { choiceOf } from "./choice.js";
import { partOf, type Shown, show } from "./show.js";

/** What the notebook left in its output for this page. */
interface Left {
  readonly rounds: PackedRounds;
  readonly words: ComparisonWords;
}

for (const card of document.querySelectorAll<HTMLElement>("[data-wirelab-comparison]")) begin(card);

function begin(card: HTMLElement): void {
  const { rounds, words }: Left = JSON.parse(partOf(card, "left").textContent);
  const form = partOf(card, "choice") as HTMLFormElement;
  let unpacked: Promise<ComparedRounds> | null = null;
  const update = async () => {
    unpacked ??= unpackRounds(rounds);
    const all = await unpacked;
    show(card, form, computed(all, choiceOf(form), words));
  };
  form.addEventListener("change", update);
  // The fields have their first values again only after this event.
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}

function computed(rounds: ComparedRounds, choice: Choice, words: ComparisonWords): Shown {
  const found = recompute(rounds, choice);
  const honest = choice.unit === "calls" ? recompute(rounds, { ...choice, unit: "pairs" }) : null;
  return {
    said: sayComparison(found, choice, words),
    estimate: "missing" in found ? null : found.ratio,
    warning: honest === null ? null : sayCareless(found, honest),
  };
}
