/** wirelab: measures what a call costs over REST and over gRPC. What notebooks import. */
export type { CompareOptions } from "./analysis/compare.js";
export type { ArmSummary, Comparison, Metric, ServerCost, ServerMemory } from "./analysis/types.js";
export { atConcurrency } from "./experiment/plan/levels.js";
export type { LinkChoice } from "./experiment/plan/link-choice.js";
export type { Need } from "./experiment/plan/needs.js";
export type { ArmChoice } from "./experiment/plan/plan-options.js";
export { advice } from "./lab/advice.js";
export { bySize } from "./lab/by-size.js";
export { compare, ratios } from "./lab/compare.js";
export { type CompareRunsOptions, compareRuns, type RunSource } from "./lab/compare-runs.js";
export { type ClaimConditions, claimConditions } from "./lab/conditions/claim-conditions.js";
export { type Conditions, type ConditionsOptions, conditions } from "./lab/conditions/conditions.js";
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
export { type HistoryOptions, history } from "./lab/history.js";
export { type LadderOptions, ladder, type MeasuredLadder } from "./lab/ladder/ladder.js";
export { type ListenerFiles, type ListenerFilesOptions, listenerFiles } from "./lab/listener-files.js";
export { expectedRates, loadCosts, loads } from "./lab/load-tables.js";
export type { MapAxis } from "./lab/map/axes.js";
export { type MapOptions, map, type WinMap } from "./lab/map/map.js";
export { type LabOptions, measure, open } from "./lab/measure.js";
export {
  type Mechanisms,
  type MechanismsOptions,
  mechanisms,
} from "./lab/mechanisms/mechanisms.js";
export { needs } from "./lab/needs.js";
export { type MeasuredPhases, type PhasesOptions, phases } from "./lab/phases.js";
export { predict, predicted } from "./lab/predict.js";
export { published } from "./lab/published.js";
export { publishedLoads } from "./lab/published-loads.js";
export { type RatioPathOptions, ratioPath } from "./lab/ratio-path.js";
export { type ReadOptions, read } from "./lab/read.js";
export { type Reading, readings } from "./lab/readings.js";
export { type Replicated, type ReplicateOptions, replicate } from "./lab/replicate.js";
export { exampleService } from "./lab/service/example.js";
export { grpc, type OperationOptions, rest, type ServiceOptions } from "./lab/service/service.js";
export { costs, summary } from "./lab/summary.js";
export { type SuspectsOptions, suspects } from "./lab/suspects.js";
export { throughput } from "./lab/throughput.js";
export { audit, verdicts } from "./lab/verdicts.js";
export type { FoundParts } from "./lab/why/reasons.js";
export { whyPostsDisagree } from "./lab/why/why-posts-disagree.js";
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
export { figures } from "./show/figures/plotly.js";
export type { ToolTable } from "./show/tables/tool-table.js";
