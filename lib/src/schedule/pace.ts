import { setTimeout } from "node:timers/promises";

/** Lets time pass, or ends at once when it is told to stop. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Keeps calls so far apart as is asked, whoever makes them, over rounds too. */
export class Pace {
  private freeAt: number | null = null;

  /** Waits until the call before this one lies `leastGapMs` back; the first waits as long, for who called before is not known here. */
  async turn(leastGapMs: number, signal?: AbortSignal): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.freeAt ?? now + leastGapMs);
    this.freeAt = at + leastGapMs;
    if (at > now) await pause(at - now, signal);
  }
}
