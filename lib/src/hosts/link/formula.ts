/** What one TCP segment carries over Ethernet: 1500 bytes less the headers of IPv4 and TCP. */
export const segmentBytes = 1460;

/** What a sender may have under way on a new connection: ten segments (RFC 6928, Linux since 2.6.39). */
export const initialWindowBytes = 10 * segmentBytes;

/**
 * Round trips' worth of sending until `bytes` are out, in slow start without loss: the window doubles each time
 * (RFC 5681, section 3.1, an acknowledgement a segment), so `n` rounds send `window · (2^n − 1)`.
 *
 * @throws RangeError for a negative number of bytes or a window that isn't positive
 * @example
 * slowStartRounds(14_600); // 1
 * slowStartRounds(14_601); // 2
 */
export function slowStartRounds(bytes: number, windowBytes: number = initialWindowBytes): number {
  requireAtLeastZero("bytes", bytes);
  requirePositive("windowBytes", windowBytes);
  let rounds = 0;
  for (let sent = 0, window = windowBytes; sent < bytes; window *= 2, rounds++) sent += window;
  return rounds;
}

/** A transfer of some bytes one way. */
export interface Transfer {
  readonly bytes: number;
  readonly roundTripMs: number;
  /** Default null: bytes take no time to leave. */
  readonly bandwidthMbps?: number | null;
  /** Whether the time of the handshake counts too; default false. */
  readonly freshConnection?: boolean;
  /** The congestion window as it begins; default {@link initialWindowBytes}, Infinity where nothing slows the start. */
  readonly windowBytes?: number;
}

/**
 * Time from the first byte sent (from the connect, with `freshConnection`) to the last byte received, in ms: the link's
 * model as a formula. Each round trip sends a window and doubles it, until a window takes as long to leave as its first
 * acknowledgement to come back; from then on the bandwidth alone decides (Cardwell, Savage & Anderson 2000, "Modeling
 * TCP latency", section on slow start, without loss or delayed acknowledgements). An answer's way back is not in it.
 *
 * @throws RangeError for sizes or times that can't be
 * @example
 * transferMs({ bytes: 1_580_000, roundTripMs: 35.594 }); // 231.4: six round trips and a half
 */
export function transferMs(transfer: Transfer): number {
  const { bytes, roundTripMs, bandwidthMbps = null } = transfer;
  const { freshConnection = false, windowBytes = initialWindowBytes } = transfer;
  requireAtLeastZero("bytes", bytes);
  requireAtLeastZero("roundTripMs", roundTripMs);
  requirePositive("windowBytes", windowBytes);
  if (bandwidthMbps !== null) requirePositive("bandwidthMbps", bandwidthMbps);
  const leaving = (count: number) => serialisationMs(count, bandwidthMbps);
  let ms = freshConnection ? roundTripMs : 0;
  let left = bytes;
  for (let window = windowBytes; left > window && leaving(window) < roundTripMs; window *= 2) {
    left -= window;
    ms += roundTripMs;
  }
  return ms + leaving(left) + roundTripMs / 2;
}

/** How long `bytes` take to leave, in ms: a megabit a second is a thousand bits a millisecond. */
export function serialisationMs(bytes: number, bandwidthMbps: number | null): number {
  return bandwidthMbps === null ? 0 : (bytes * 8) / (bandwidthMbps * 1000);
}

function requireAtLeastZero(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name} must be 0 or more, got ${value}`);
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${name} must be more than 0, got ${value}`);
}
