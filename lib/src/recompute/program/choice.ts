import { callMetrics } from "../../stats/ratios/round-metric.js";
import type { Choice, Cut, Unit } from "../recompute.js";

/** What a reader has chosen in a form; what cannot be read counts as the form's first choice. */
export function choiceOf(form: HTMLFormElement): Choice {
  const fields = new FormData(form);
  const metric = callMetrics.find((one) => one === fields.get("metric")) ?? callMetrics[0];
  return { metric, cut: cutOf(fields), unit: unitOf(fields) };
}

function cutOf(fields: FormData): Cut {
  switch (fields.get("cut")) {
    case "none":
      return { firstBlocks: 0 };
    case "first":
      return { firstBlocks: fromOne(fields.get("blocks")) };
    case "seconds":
      return { firstSeconds: fromOne(fields.get("seconds")) };
    default:
      return "detected";
  }
}

function fromOne(written: FormDataEntryValue | null): number {
  return Math.max(1, Math.floor(Number(written)) || 1);
}

function unitOf(fields: FormData): Unit {
  const unit = fields.get("unit");
  if (unit === "pair") return { pair: Number(fields.get("pair")) };
  return unit === "calls" ? "calls" : "pairs";
}
