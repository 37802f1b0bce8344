import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { ByteQueue } from "./byte-queue.js";
import { Fifo } from "./fifo.js";
import type { Flow, Piece } from "./flow.js";
import type { Shape } from "./options.js";
import type { Pacer, Ticket } from "./pacer.js";

const megabyte = 2 ** 20;
/** More than loopback carries here, so that where bandwidth is unlimited, memory isn't what limits it. */
const loopbackBytesPerMs = 1e6;

/**
 * How many bytes of one direction of a connection are held before its sender is paused: what a path of this shape has
 * under way in a round trip, and 4 MiB that wait behind it; never more than 64 MiB.
 */
export function holdBytes({ roundTripMs, bandwidthMbps }: Shape): number {
  const perMs =
    bandwidthMbps === null ? loopbackBytesPerMs : Math.min(loopbackBytesPerMs, bandwidthMbps * 125);
  return Math.min(64 * megabyte, 4 * megabyte + perMs * roundTripMs);
}

/** What a lane joins. */
export interface LaneOptions {
  readonly from: Socket;
  readonly to: Socket;
  readonly flow: Flow;
  readonly pacer: Pacer;
  readonly holdBytes: number;
  /** What the link itself takes longer than its schedule, one way: so much earlier everything is passed on. */
  readonly aheadMs: number;
}

/** One direction of a connection: reads one socket and writes to the other what its schedule says is due. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #ticket: Ticket;
  readonly #queue = new ByteQueue();
  readonly #pieces = new Fifo<Piece>();
  #resetAtMs = Number.POSITIVE_INFINITY;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { from, to, flow, pacer } = options;
    this.#ticket = pacer.ticket(() => this.#work());
    from.on("data", (chunk: Buffer) => {
      this.#queue.push(chunk);
      flow.offer(performance.now(), chunk.length);
      this.#work();
      if (this.#held > options.holdBytes) from.pause();
    });
    from.on("end", () => {
      flow.offerEnd(performance.now());
      this.#work();
    });
    to.on("drain", () => this.#resume());
  }

  /** Passes a reset on as late as data, and before it what is under way; what waits is dropped. */
  reset(): void {
    this.resetAt(this.#options.flow.cut(performance.now()));
  }

  /** Resets the receiver's connection at a time. */
  resetAt(atMs: number): void {
    this.#resetAtMs = atMs;
    this.#work();
  }

  drop(): void {
    this.#ticket.drop();
    this.#queue.clear();
    this.#pieces.clear();
  }

  get #held(): number {
    return this.#queue.bytes + this.#options.to.writableLength;
  }

  #resume(): void {
    const { from } = this.#options;
    if (from.isPaused() && this.#held <= this.#options.holdBytes / 2) from.resume();
  }

  #work(): void {
    const { to, flow, aheadMs } = this.#options;
    const now = performance.now();
    for (const piece of flow.advance(now)) this.#pieces.push(piece);
    let bytes = 0;
    let end = false;
    for (let piece = this.#pieces.first; piece !== undefined; piece = this.#pieces.first) {
      if (piece.dueAtMs - aheadMs > now) break;
      this.#pieces.shift();
      bytes += piece.bytes;
      end ||= piece.bytes === 0;
    }
    if (bytes > 0) this.#write(this.#queue.take(bytes));
    if (end && to.writable) to.end();
    if (this.#resetAtMs - aheadMs <= now) {
      to.resetAndDestroy();
      return;
    }
    this.#resume();
    const dueAtMs = Math.min(this.#pieces.first?.dueAtMs ?? Number.POSITIVE_INFINITY, this.#resetAtMs);
    this.#ticket.set(Math.min(dueAtMs - aheadMs, flow.nextMs));
  }

  #write(buffers: readonly Buffer[]): void {
    const { to } = this.#options;
    if (!to.writable) return;
    to.cork();
    for (const buffer of buffers) to.write(buffer);
    to.uncork();
  }
}
