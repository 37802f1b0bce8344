import { segmentBytes, serialisationMs } from "./formula.js";

/** Shorter pieces would cost more to pass on than they take on the wire. */
const pieceMs = 0.1;

/** The narrowest place of one direction of a link, which all of its connections share: first come, first served. */
export class Bottleneck {
  /** What passes as one piece: small enough that acknowledgements come while later bytes still leave. */
  readonly pieceBytes: number;
  readonly #bandwidthMbps: number | null;
  #freeAt = 0;

  constructor(bandwidthMbps: number | null) {
    this.#bandwidthMbps = bandwidthMbps;
    this.pieceBytes =
      bandwidthMbps === null
        ? Number.POSITIVE_INFINITY
        : Math.max(segmentBytes, Math.floor((bandwidthMbps * 1000 * pieceMs) / 8));
  }

  /** When `bytes` that come at `atMs` are through. */
  pass(atMs: number, bytes: number): number {
    if (this.#bandwidthMbps === null) return atMs;
    this.#freeAt = Math.max(atMs, this.#freeAt) + serialisationMs(bytes, this.#bandwidthMbps);
    return this.#freeAt;
  }
}
