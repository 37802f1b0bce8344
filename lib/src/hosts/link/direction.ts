import { firstWindowBytes, type LinkParameters } from "./parameters.js";

/** What the two directions of a link have to say to the world: time, chance and a line that only one can use at once. */
export interface Surroundings {
  /** Does `action` at `dueMs`; what is due at the same time is done in the order asked for. */
  at(dueMs: number, action: () => void): void;
  /** Uniform in [0, 1). */
  random(): number;
  /** Since when the line of this direction is free, shared by all connections. */
  readonly line: { freeAtMs: number };
}

/** The far end of a direction. */
export interface FarEnd {
  deliver(bytes: Buffer): void;
  finish(): void;
  /** Whether it has more than it can take for now; `Direction.resume` tells when that is over. */
  isFull(): boolean;
}

/**
 * One direction of one connection over a link, as a model of TCP (RFC 5681 without loss): bytes leave when the
 * congestion window and the line let them, arrive half a round trip later, and their acknowledgement, a round trip
 * after they left, opens the window by as much. Times are the model's own, in ms, so that lateness of a timer does not
 * add up. The window is not closed again by idling.
 */
export class Direction {
  /** Bytes that were offered and have not left yet. */
  waitingBytes = 0;
  private readonly waiting: Buffer[] = [];
  private ended = false;
  private windowBytes: number;
  private inFlightBytes = 0;
  /** What is on its way, the earliest first. Looked at when bytes want to leave: a timer each would disturb the others. */
  private readonly unacknowledged: { atMs: number; bytes: number }[] = [];
  private awaitsWindow = false;
  private lastDueMs = 0;
  private readonly oneWayMs: number;
  private readonly link: LinkParameters;
  private readonly around: Surroundings;
  private readonly end: FarEnd;

  constructor(link: LinkParameters, around: Surroundings, end: FarEnd) {
    this.link = link;
    this.around = around;
    this.end = end;
    this.oneWayMs = link.roundTripMs / 2;
    this.windowBytes = link.slowStart ? firstWindowBytes : Number.POSITIVE_INFINITY;
  }

  /** Takes bytes that the near end sent at `nowMs`. */
  offer(bytes: Buffer, nowMs: number): void {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.byteLength;
    this.send(nowMs);
  }

  /** The near end has sent all it had; the far end hears of it after the last byte. */
  finish(nowMs: number): void {
    this.ended = true;
    this.send(nowMs);
  }

  /** The far end can take more. */
  resume(nowMs: number): void {
    this.send(nowMs);
  }

  private send(nowMs: number): void {
    this.takeAcknowledgements(nowMs);
    for (;;) {
      const [first] = this.waiting;
      if (first === undefined) break;
      if (this.end.isFull()) return;
      const room = Math.min(first.byteLength, this.windowBytes - this.inFlightBytes);
      if (room <= 0) {
        this.awaitWindow();
        return;
      }
      if (room === first.byteLength) this.waiting.shift();
      else this.waiting[0] = first.subarray(room);
      this.waitingBytes -= room;
      this.sendNow(first.subarray(0, room), nowMs);
    }
    if (!this.ended) return;
    this.ended = false;
    this.around.at(this.dueAfter(nowMs), () => this.end.finish());
  }

  private sendNow(bytes: Buffer, nowMs: number): void {
    const { line } = this.around;
    const leftAtMs = Math.max(nowMs, line.freeAtMs) + this.lineMs(bytes.byteLength);
    line.freeAtMs = leftAtMs;
    const stalledMs = this.stallMs(bytes.byteLength);
    this.around.at(this.dueAfter(leftAtMs + stalledMs), () => this.end.deliver(bytes));
    if (this.windowBytes === Number.POSITIVE_INFINITY) return;
    this.inFlightBytes += bytes.byteLength;
    const atMs = leftAtMs + stalledMs + this.link.roundTripMs;
    this.unacknowledged.push({ atMs, bytes: bytes.byteLength });
  }

  private takeAcknowledgements(nowMs: number): void {
    for (;;) {
      const [first] = this.unacknowledged;
      if (first === undefined || first.atMs > nowMs) return;
      this.unacknowledged.shift();
      this.inFlightBytes -= first.bytes;
      this.windowBytes += first.bytes;
    }
  }

  private awaitWindow(): void {
    const [next] = this.unacknowledged;
    if (this.awaitsWindow || next === undefined) return;
    this.awaitsWindow = true;
    this.around.at(next.atMs, () => {
      this.awaitsWindow = false;
      this.send(next.atMs);
    });
  }

  /** When what leaves at `leftAtMs` arrives: never before what left earlier. */
  private dueAfter(leftAtMs: number): number {
    const jitterMs = this.link.jitterMs === 0 ? 0 : this.link.jitterMs * this.around.random();
    this.lastDueMs = Math.max(this.lastDueMs, leftAtMs + this.oneWayMs + jitterMs);
    return this.lastDueMs;
  }

  private lineMs(bytes: number): number {
    return this.link.bandwidthMbps === null ? 0 : (bytes * 8) / (this.link.bandwidthMbps * 1000);
  }

  private stallMs(bytes: number): number {
    if (this.link.stalls === null) return 0;
    const { perMegabyte, stallMs } = this.link.stalls;
    return this.around.random() < (perMegabyte * bytes) / 1e6 ? stallMs : 0;
  }
}
