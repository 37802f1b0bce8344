/** What /proc/PID/stat (proc(5)) tells of a process. */
export interface ProcessStat {
  readonly parent: number;
  /** Processor time in ticks of 1/100 s, user and system, of all its threads, ended ones included. */
  readonly ticks: number;
  /** The same of its ended children that it has waited for. */
  readonly childTicks: number;
}

/** Linux counts processor time in ticks of 1/100 s for all programs (USER_HZ). */
export const ticksPerSecond = 100;

/** Reads the text of a /proc/PID/stat, whose second field may itself hold spaces and brackets; null if it is none. */
export function parseProcessStat(text: string): ProcessStat | null {
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [, parent = Number.NaN] = fields;
  const [user = Number.NaN, system = Number.NaN, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  const stat = { parent, ticks: user + system, childTicks: childUser + childSystem };
  return Object.values(stat).every(Number.isFinite) ? stat : null;
}
