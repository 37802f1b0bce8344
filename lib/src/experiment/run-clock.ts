/** Time since the start of a run on the machine's monotonic clock, which all processes share, in ms. */
export function sinceMs(originNs: string): number {
  return Number(process.hrtime.bigint() - BigInt(originNs)) / 1e6;
}
