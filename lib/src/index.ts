/** wirelab: measures what a call costs over REST and over gRPC. What notebooks import. */
export type { CompareOptions } from "./analysis/compare.js";
export type { ArmSummary, Comparison, Metric, ServerCost, ServerMemory } from "./analysis/types.js";
export { atConcurrency } from "./experiment/levels.js";
export type { LinkChoice } from "./experiment/link-choice.js";
export type { Need } from "./experiment/needs.js";
export type { ArmChoice } from "./experiment/plan.js";
export { advice } from "./lab/advice.js";
export { bySize } from "./lab/by-size.js";
export { features } from "./lab/features.js";
export {
  boxes,
  callByCall,
  cumulativeMean,
  distribution,
  publishedBesideMeasured,
  type SeriesOptions,
  series,
  shift,
  timeCourse,
} from "./lab/figures.js";
export { audit, verdicts } from "./lab/judge.js";
export { type ListenerFiles, type ListenerFilesOptions, listenerFiles } from "./lab/listener-files.js";
export { expectedRates, loadCosts, loads } from "./lab/load-tables.js";
export { type LabOptions, measure, open } from "./lab/measure.js";
export { needs } from "./lab/needs.js";
export { predict, predicted } from "./lab/predict.js";
export { published } from "./lab/published.js";
export { publishedLoads } from "./lab/published-loads.js";
export { type Reading, readings } from "./lab/readings.js";
export { compare, costs, summary } from "./lab/tables.js";
export { throughput } from "./lab/throughput.js";
export { wire } from "./lab/wire.js";
export type { ClosedLoad, Load, OpenLoad, Stage } from "./record/load-info.js";
export type { Run } from "./record/run.js";
export {
  type ClosedLoadOptions,
  closedLoad,
  type OpenLoadOptions,
  openLoad,
  steps,
} from "./schedule/load-choice.js";
export { show } from "./show/display.js";
export { figures } from "./show/plotly.js";
