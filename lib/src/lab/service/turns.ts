import { WirelabError } from "../../errors.js";
import type { Bounds } from "../../experiment/plan/service-bounds.js";
import { Pace } from "../../schedule/pace.js";

/** Keeps to its bounds what servers on other machines are asked before a run, and counts it. */
export class Turns {
  private readonly pace = new Pace();
  private readonly bounds: Bounds;
  private calls = 0;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
  }

  get taken(): number {
    return this.calls;
  }

  /** Waits until one more may be asked; a `usage` error where none may. */
  async next(): Promise<void> {
    const { mostCalls, mostPerSecond } = this.bounds;
    if (this.calls >= mostCalls) {
      throw new WirelabError(
        "usage",
        `The operations need more than ${mostCalls} calls of servers on other machines before anything is measured: give fewer, or raise mostCalls of the service if that is yours to load.`,
      );
    }
    this.calls++;
    await this.pace.turn(1000 / mostPerSecond);
  }
}
