import type { ToolNumbers } from "../../record/tools/read-table.js";
import { isPublishedMetric, metricUnits } from "../../verdicts/published/published.js";

/** A table as `wirelab refute` takes it, and the metrics that it has no word for. */
export function tableFile({ numbers }: ToolNumbers): {
  readonly text: string;
  readonly leftOut: readonly string[];
} {
  const able = numbers.filter(({ metric, unit }) => {
    const units: readonly string[] = isPublishedMetric(metric) ? metricUnits[metric] : [];
    return units.includes(unit);
  });
  const rows = able.map(({ arm, condition, metric, unit, value }) =>
    [arm, condition || "all", metric, unit, String(value), String(value)].map(cell).join(","),
  );
  const leftOut = numbers.filter((number) => !able.includes(number)).map(({ metric }) => metric);
  return {
    text: ["arm,condition,metric,unit,value,digits", ...rows, ""].join("\n"),
    leftOut: [...new Set(leftOut)],
  };
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
