/**
 * What a script of this folder is asked by `askChild` or `startChildScript`, as JSON in its first argument; from then on it ends when
 * the bench hangs up.
 */
export function childRequest<Request>(): Request {
  // The bench is gone, even if it was killed, or has what it wanted: nothing may stay behind.
  process.once("disconnect", () => process.exit());
  return JSON.parse(process.argv[2] ?? "{}") as Request;
}

/** Peak resident memory of this process, in MB. */
export function ownPeakMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
