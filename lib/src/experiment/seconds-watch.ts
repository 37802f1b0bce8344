import type { LoadSecond } from "../record/load-info.js";
import { clientsBytes, clientsUsedMs, type SidesUsage, usedMs } from "./usage.js";

/** What the watch is told. */
interface SecondsWatchOptions {
  /** When the load begins, on this process's `performance.now()`. */
  readonly beginAt: number;
  /** Reads what server and clients have used so far; null where no server is called. */
  readonly read: () => SidesUsage | null;
  readonly onSecond: (second: LoadSecond) => void;
}

/** Reads every second of a load what server and clients used in it, from outside, so that neither spends time on it. */
export class SecondsWatch {
  private readonly options: SecondsWatchOptions;
  private readonly seconds: LoadSecond[] = [];
  private before: SidesUsage | null = null;
  private timer: NodeJS.Timeout | null;

  constructor(options: SecondsWatchOptions) {
    this.options = options;
    this.timer = this.aim(0, () => {
      this.before = options.read();
      this.next();
    });
  }

  /** The seconds so far, the last one cut off; safe to call twice. */
  stop(): readonly LoadSecond[] {
    if (this.timer === null) return this.seconds;
    clearTimeout(this.timer);
    this.timer = null;
    this.note();
    return this.seconds;
  }

  private next(): void {
    this.timer = this.aim(this.seconds.length + 1, () => {
      this.note();
      this.next();
    });
  }

  private aim(second: number, then: () => void): NodeJS.Timeout {
    return setTimeout(then, this.options.beginAt + second * 1000 - performance.now());
  }

  private note(): void {
    const after = this.options.read();
    const { before } = this;
    this.before = after;
    const second = {
      atMs: Math.max(0, performance.now() - this.options.beginAt),
      ...(before === null || after === null ? nothing : usedBetween(before, after)),
      clientLoopUse: null,
    };
    this.seconds.push(second);
    this.options.onSecond(second);
  }
}

const nothing = { serverCpuMs: null, clientCpuMs: null, serverBytes: null, clientBytes: null };

function usedBetween(before: SidesUsage, after: SidesUsage) {
  const serverCpuMs = usedMs(before.server, after.server);
  return {
    serverCpuMs: typeof serverCpuMs === "number" ? serverCpuMs : null,
    clientCpuMs: clientsUsedMs(before, after),
    serverBytes: "missing" in after.server ? null : after.server.residentBytes,
    clientBytes: clientsBytes(after),
  };
}
