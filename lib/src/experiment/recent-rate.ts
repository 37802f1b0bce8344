import type { RoundPart } from "../record/calls.js";

const slotMs = 250;
const slotsCounted = 4;

/** Calls arrive here some time after they have ended: younger slots may still be filling. */
const slotsAwaited = 4;

/** How many calls succeed a second in a load that goes on: those of a whole second, a second ago. */
export class RecentRate {
  private readonly succeeded = new Map<number, number>();

  add({ columns }: RoundPart): void {
    for (let i = 0; i < columns.length; i++) {
      if (columns.ok[i] !== 1) continue;
      const endMs = (columns.startMs[i] as number) + (columns.durationMs[i] as number);
      const slot = Math.floor(endMs / slotMs);
      this.succeeded.set(slot, (this.succeeded.get(slot) ?? 0) + (columns.calls[i] as number));
    }
  }

  /** The rate as of `nowMs`, on the clock of the calls; null while the load is younger than what is counted. */
  perSecond({ nowMs, beginMs }: { readonly nowMs: number; readonly beginMs: number }): number | null {
    const end = Math.floor(nowMs / slotMs) - slotsAwaited;
    const begin = end - slotsCounted;
    if (begin * slotMs < beginMs) return null;
    let calls = 0;
    for (const [slot, count] of this.succeeded) {
      if (slot < begin) this.succeeded.delete(slot);
      else if (slot < end) calls += count;
    }
    return (1000 * calls) / (slotsCounted * slotMs);
  }
}
