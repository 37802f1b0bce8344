/** One thing that `wirelab doctor` looked at. */
export interface Check {
  readonly topic: "installed" | "ports" | "limits" | "network" | "clock" | "noise";
  readonly name: string;
  /** `missing` is what is not there, `careful` what is there and may disturb; both come with `advice`. */
  readonly state: "ok" | "missing" | "careful";
  /** What was found, in a few words. */
  readonly found: string;
  /** What it costs and what to do, as a sentence; null when all is well. */
  readonly advice: string | null;
}
