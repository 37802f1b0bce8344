import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** Notes for every second from `beginAt` (on this process's `performance.now()`) how busy the event loop was. */
export function watchLoop(beginAt: number): { stop(): readonly number[] } {
  const shares: number[] = [];
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  const note = () => {
    const now = performance.eventLoopUtilization();
    shares.push(performance.eventLoopUtilization(now, before).utilization);
    before = now;
  };
  let timer: NodeJS.Timeout;
  // Each second is aimed at anew: an interval that is late once would be late from then on.
  const aim = () => {
    timer = setTimeout(
      () => {
        note();
        aim();
      },
      beginAt + (shares.length + 1) * 1000 - performance.now(),
    );
  };
  aim();
  return {
    stop: () => {
      clearTimeout(timer);
      note();
      return shares;
    },
  };
}
