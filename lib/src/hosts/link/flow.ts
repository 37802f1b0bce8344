import type { Random } from "../../stats/random.js";
import type { Bottleneck } from "./bottleneck.js";
import { Congestion, retransmissionTimeoutMs } from "./congestion.js";
import { Fifo } from "./fifo.js";
import type { Shape } from "./options.js";

/** Some bytes on their way; none are the end of the connection's direction. */
export interface Piece {
  readonly bytes: number;
  /** When they left the sender, and when they are due at the receiver. */
  readonly sentAtMs: number;
  readonly dueAtMs: number;
}

/** What a flow is made of. */
export interface FlowOptions {
  readonly shape: Shape;
  readonly bottleneck: Bottleneck;
  readonly random: Random;
  /** Nothing leaves before: the handshake. */
  readonly openAtMs: number;
}

/**
 * One direction of one connection as a pure schedule: told which bytes came when, it tells when each is due. It knows
 * neither clock nor sockets, and computes with the times at which things should happen: a caller that looks late shifts
 * nothing.
 */
export class Flow {
  readonly #shape: Shape;
  readonly #bottleneck: Bottleneck;
  readonly #random: Random;
  readonly #congestion: Congestion | null;
  readonly #waiting = new Fifo<{ readonly atMs: number; readonly bytes: number }>();
  // Neither sending nor receiving ever goes back behind these.
  #sentAtMs: number;
  #dueAtMs = 0;
  #bytesToStall: number;

  constructor({ shape, bottleneck, random, openAtMs }: FlowOptions) {
    this.#shape = shape;
    this.#bottleneck = bottleneck;
    this.#random = random;
    const { slowStart, slowStartAfterIdle, roundTripMs } = shape;
    const halvesAfterMs = slowStartAfterIdle
      ? retransmissionTimeoutMs(roundTripMs)
      : Number.POSITIVE_INFINITY;
    this.#congestion = slowStart ? new Congestion(halvesAfterMs) : null;
    this.#sentAtMs = openAtMs;
    this.#bytesToStall = this.#drawBytesToStall();
  }

  /** When {@link advance} next has something to do; Infinity when nothing waits. */
  get nextMs(): number {
    const head = this.#waiting.first;
    if (head === undefined) return Number.POSITIVE_INFINITY;
    const blocked = this.#congestion !== null && head.bytes > 0 && this.#congestion.roomBytes <= 0;
    return Math.max(head.atMs, this.#sentAtMs, blocked ? (this.#congestion?.nextAckMs ?? 0) : 0);
  }

  /** Takes bytes that the sender gave at `atMs`, not before those of the call before. */
  offer(atMs: number, bytes: number): void {
    this.#waiting.push({ atMs, bytes });
  }

  /** Takes the sender's end, behind all of its bytes. */
  offerEnd(atMs: number): void {
    this.#waiting.push({ atMs, bytes: 0 });
  }

  /** Drops what hasn't left, as a reset does; gives when the reset is due at the receiver. */
  cut(atMs: number): number {
    this.#waiting.clear();
    return Math.max(Math.max(atMs, this.#sentAtMs) + this.#shape.roundTripMs / 2, this.#dueAtMs);
  }

  /** What leaves by `nowMs`, in order. */
  advance(nowMs: number): Piece[] {
    const pieces: Piece[] = [];
    for (let head = this.#waiting.first; head !== undefined; head = this.#waiting.first) {
      const atMs = Math.max(head.atMs, this.#sentAtMs);
      if (atMs > nowMs) break;
      this.#congestion?.advance(atMs);
      const room = head.bytes === 0 ? 0 : (this.#congestion?.roomBytes ?? Number.POSITIVE_INFINITY);
      if (head.bytes > 0 && room <= 0) {
        // The next bytes leave with the next acknowledgement, whenever somebody looks.
        const ackAtMs = this.#congestion?.nextAckMs ?? 0;
        if (ackAtMs > nowMs) break;
        this.#sentAtMs = ackAtMs;
        continue;
      }
      const bytes = Math.min(head.bytes, room, this.#bottleneck.pieceBytes);
      if (bytes === head.bytes) this.#waiting.shift();
      else this.#waiting.replaceFirst({ atMs: head.atMs, bytes: head.bytes - bytes });
      pieces.push(this.#send(atMs, bytes));
    }
    return pieces;
  }

  #send(sentAtMs: number, bytes: number): Piece {
    const { roundTripMs, jitterMs } = this.#shape;
    const jitter = jitterMs === 0 ? 0 : (this.#random.next() - 0.5) * jitterMs;
    const through = this.#bottleneck.pass(sentAtMs, bytes);
    const dueAtMs = Math.max(through + roundTripMs / 2 + jitter + this.#stallMs(bytes), this.#dueAtMs);
    this.#sentAtMs = sentAtMs;
    this.#dueAtMs = dueAtMs;
    if (bytes > 0) this.#congestion?.send(sentAtMs, bytes, dueAtMs + roundTripMs / 2, this.#waiting.size > 0);
    return { bytes, sentAtMs, dueAtMs };
  }

  #stallMs(bytes: number): number {
    this.#bytesToStall -= bytes;
    if (this.#bytesToStall > 0) return 0;
    // Losses within one piece are mended together.
    this.#bytesToStall = this.#drawBytesToStall();
    return this.#shape.stalls?.stallMs ?? 0;
  }

  #drawBytesToStall(): number {
    const perMegabyte = this.#shape.stalls?.perMegabyte ?? 0;
    if (perMegabyte === 0) return Number.POSITIVE_INFINITY;
    return (-Math.log(1 - this.#random.next()) * 1e6) / perMegabyte;
  }
}
