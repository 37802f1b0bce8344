import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** Notes for every second from `beginAt` (on this process's `performance.now()`) how busy the event loop was. */
export function watchLoop(beginAt: number): { stop(): readonly number[] } {
  const shares: number[] = [];
  let before: EventLoopUtilization | null = null;
  const note = () => {
    const now = performance.eventLoopUtilization();
    if (before !== null) shares.push(shareBetween(before, now));
    before = now;
  };
  let timer: NodeJS.Timeout;
  // Each second is aimed at anew: an interval that is late once would be late from then on.
  const aim = (second: number) => {
    timer = setTimeout(
      () => {
        note();
        aim(second + 1);
      },
      beginAt + second * 1000 - performance.now(),
    );
  };
  aim(0);
  return {
    stop: () => {
      clearTimeout(timer);
      note();
      return shares;
    },
  };
}

/** Between 0 and 1; 0 where no time has passed. */
function shareBetween(before: EventLoopUtilization, now: EventLoopUtilization): number {
  const { utilization } = performance.eventLoopUtilization(now, before);
  return Number.isNaN(utilization) ? 0 : Math.min(1, Math.max(0, utilization));
}
