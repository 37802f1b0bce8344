/** Largest data frame that HTTP/2 allows unless a server asks for more (RFC 9113, 6.5.2); grpc-js and Node do not. */
const frameBytes = 16_384;

/** A window of HTTP/2, of a stream or of the connection that it is on. */
interface Window {
  creditBytes: number;
  /** Taken in by the receiver and not yet given back. */
  keptBytes: number;
}

/**
 * How many round trips uploads of so many bytes take on one connection, one after another, by HTTP/2's flow control as
 * nghttp2 does it: the receiver gives credit back only when half the window has been taken in, so up to half of it lies
 * idle, and what the connection kept back of one upload is missing to the next. The first upload finds a full window,
 * so it takes fewer.
 */
export function uploadRoundTrips(options: {
  readonly uploadBytes: number;
  readonly windowBytes: number;
  readonly uploads: number;
}): number[] {
  const { uploadBytes, windowBytes, uploads } = options;
  const connection: Window = { creditBytes: windowBytes, keptBytes: 0 };
  return Array.from({ length: uploads }, () => {
    const windows = [connection, { creditBytes: windowBytes, keptBytes: 0 }];
    let leftBytes = uploadBytes;
    let roundTrips = 0;
    do {
      const frames = sendAll(windows, leftBytes);
      leftBytes -= frames.reduce((sum, frame) => sum + frame, 0);
      for (const window of windows) takeIn(window, frames, windowBytes);
      roundTrips++;
    } while (leftBytes > 0);
    return roundTrips;
  });
}

/** The frames that go out before the sender has to wait. */
function sendAll(windows: readonly Window[], leftBytes: number): number[] {
  const frames: number[] = [];
  for (;;) {
    const frame = Math.min(frameBytes, leftBytes, ...windows.map(({ creditBytes }) => creditBytes));
    if (frame <= 0) return frames;
    frames.push(frame);
    leftBytes -= frame;
    for (const window of windows) window.creditBytes -= frame;
  }
}

/** The receiver takes frames in, and gives back what it has when that is half a window (nghttp2_should_send_window_update). */
function takeIn(window: Window, frames: readonly number[], windowBytes: number): void {
  for (const frame of frames) {
    window.keptBytes += frame;
    if (window.keptBytes < Math.floor(windowBytes / 2)) continue;
    window.creditBytes += window.keptBytes;
    window.keptBytes = 0;
  }
}
