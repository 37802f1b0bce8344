import { expect, test } from "vitest";
import { framingOf } from "./framing.js";

// Frames as they were captured between grpc-js and grpc-js: type, bytes in it.
const captured = [
  {
    bodies: { bodySentBytes: 4, bodyReceivedBytes: 4 },
    sent: [33, 9],
    received: [5, 9, 2],
    all: [60, 43],
    windows: 0,
  },
  {
    bodies: { bodySentBytes: 40_004, bodyReceivedBytes: 4 },
    sent: [31, 16_384, 16_384, 7241],
    received: [5, 9, 2],
    all: [40_076, 43 + 26],
    windows: 26,
  },
];

test.each(captured)("gRPC's frames are those of a capture: $sent there, $received back", (capture) => {
  const { bodies, sent, received, all, windows } = capture;
  const heads = (frames: readonly number[]) => 9 * frames.length + 5;
  const framing = framingOf("grpc", bodies);
  expect(framing).toEqual({ sentBytes: heads(sent), receivedBytes: heads(received) });
  // What is left are the blocks of headers, and what was said of windows.
  expect(all).toEqual([
    bodies.bodySentBytes + (framing?.sentBytes ?? 0) + (sent[0] ?? 0),
    bodies.bodyReceivedBytes + (framing?.receivedBytes ?? 0) + 5 + 2 + windows,
  ]);
});

test("HTTP/1.1 and bare TCP frame nothing, and of others it is not known", () => {
  const bodies = { bodySentBytes: 4, bodyReceivedBytes: 4 };
  for (const arm of ["rest", "rest-base64", "http", "net"]) {
    expect(framingOf(arm, bodies)).toEqual({ sentBytes: 0, receivedBytes: 0 });
  }
  for (const arm of ["grpc-stream", "grpc-chunks", "http2", "requests", "grpcio"]) {
    expect(framingOf(arm, bodies)).toBeNull();
  }
});

test("a message larger than a window comes in more frames than can be counted by rule", () => {
  const bodies = { bodySentBytes: 65_530, bodyReceivedBytes: 4 };
  expect(framingOf("grpc", bodies)).not.toBeNull();
  expect(framingOf("grpc", { ...bodies, bodySentBytes: 65_531 })).toBeNull();
});
