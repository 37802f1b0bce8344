import { Fifo } from "./fifo.js";
import { initialWindowBytes } from "./formula.js";

/** Linux' smallest variance term of a retransmission timeout (`TCP_RTO_MIN`); the timeout is that and a round trip. */
const shortestTimeoutMs = 200;

/** How long a pause may be before Linux lets a window fall, with `net.ipv4.tcp_slow_start_after_idle`. */
export function retransmissionTimeoutMs(roundTripMs: number): number {
  return roundTripMs + shortestTimeoutMs;
}

/**
 * The congestion window of one connection in one direction, in slow start for ever: there is no loss that would end it
 * (RFC 5681, section 3.1). It grows by the bytes acknowledged, and as in Linux only while it is used: a sender that has
 * under way no more than half of it earns nothing (`tcp_is_cwnd_limited`, RFC 7661), so small calls don't warm it.
 *
 * After a pause it is halved for every `halvesAfterMs`, down to its first size (RFC 2861, `tcp_cwnd_restart`); with
 * Infinity it stays what it was.
 */
export class Congestion {
  #windowBytes = initialWindowBytes;
  #underWay = 0;
  #sent = 0;
  #acknowledged = 0;
  #acks = new Fifo<{ readonly atMs: number; readonly bytes: number }>();
  // The most that was under way in the round trip that ends when all sent before `#usageEnd` is acknowledged.
  #mostUnderWay = 0;
  #usageEnd = 0;
  #heldBack = false;
  readonly #halvesAfterMs: number;
  #lastSentMs = Number.NEGATIVE_INFINITY;

  constructor(halvesAfterMs: number) {
    this.#halvesAfterMs = halvesAfterMs;
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** What may leave now. */
  get roomBytes(): number {
    return this.#windowBytes - this.#underWay;
  }

  /** When the next acknowledgement comes; Infinity when nothing is under way. */
  get nextAckMs(): number {
    return this.#acks.first?.atMs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the acknowledgements that have come by `nowMs`. */
  advance(nowMs: number): void {
    for (let ack = this.#acks.first; ack !== undefined && ack.atMs <= nowMs; ack = this.#acks.first) {
      this.#acks.shift();
      this.#underWay -= ack.bytes;
      this.#acknowledged += ack.bytes;
      if (this.#heldBack || this.#windowBytes < 2 * this.#mostUnderWay) this.#windowBytes += ack.bytes;
    }
    if (this.#underWay === 0) this.#fall(nowMs - this.#lastSentMs);
  }

  /** Notes that `bytes` leave at `atMs` and are acknowledged at `ackAtMs`; `more` says that others have to wait for it. */
  send(atMs: number, bytes: number, ackAtMs: number, more: boolean): void {
    this.#lastSentMs = atMs;
    this.#underWay += bytes;
    this.#sent += bytes;
    this.#acks.push({ atMs: ackAtMs, bytes });
    const heldBack = more && this.roomBytes <= 0;
    if (this.#acknowledged >= this.#usageEnd || heldBack || this.#underWay > this.#mostUnderWay) {
      this.#heldBack = heldBack;
      this.#mostUnderWay = this.#underWay;
      this.#usageEnd = this.#sent;
    }
  }

  #fall(idleMs: number): void {
    let left = idleMs - this.#halvesAfterMs;
    for (; left > 0 && this.#windowBytes > initialWindowBytes; left -= this.#halvesAfterMs) {
      this.#windowBytes = Math.max(initialWindowBytes, this.#windowBytes / 2);
    }
  }
}
