import { describe, expect, it } from "vitest";
import { linkParameters } from "../../experiment/plan/link-choice.js";
import { linkMs } from "./predict.js";

const photoBytes = 1_580_000;
const link = linkParameters({ roundTripMs: 35.594 });
const kept = { newConnection: false, windowBytes: null };
const fresh = { newConnection: true, windowBytes: null };
const http2 = { newConnection: false, windowBytes: 65_535 };
const roundTrips = (path: typeof kept | typeof http2, bytes: number) => linkMs(path, bytes, link) / 35.594;

describe("what a call waits for the network", () => {
  it("is one round trip for a small call, two with a handshake", () => {
    expect(roundTrips(kept, 20)).toBeCloseTo(1, 9);
    expect(roundTrips(http2, 20)).toBeCloseTo(1, 9);
    expect(roundTrips(fresh, 20)).toBeCloseTo(2, 9);
  });

  it("is one more for the handshake of TLS, of a new connection alone", () => {
    const encrypted = (path: typeof kept | typeof http2, bytes: number) =>
      linkMs(path, bytes, link, { tls: true }) / 35.594;
    expect(encrypted(kept, 20)).toBeCloseTo(1, 9);
    expect(encrypted(http2, photoBytes)).toBeCloseTo(39, 9);
    expect(encrypted(fresh, 20)).toBeCloseTo(3, 9);
    expect(encrypted(fresh, photoBytes)).toBeCloseTo(2 + 7, 9);
  });

  it("is a round trip a window for a large one: 14,600 · (2^7 − 1) bytes hold the photo, as do 39 settled windows of HTTP/2", () => {
    expect(roundTrips(fresh, photoBytes)).toBeCloseTo(1 + 7, 9);
    expect(roundTrips(http2, photoBytes)).toBeCloseTo(39, 9);
    expect(roundTrips(kept, photoBytes)).toBeCloseTo(1, 9);
    expect(linkMs(fresh, photoBytes, { ...link, slowStart: false })).toBeCloseTo(2 * 35.594, 9);
  });

  it("is the bandwidth where that is what fills a round trip", () => {
    // 1 Mbit/s carries 4,449 bytes in a round trip.
    const slow = { ...link, bandwidthMbps: 1 };
    expect(linkMs(kept, photoBytes, slow)).toBeCloseTo((photoBytes * 8) / 1000 + 35.594, 6);
  });

  it("counts stalls as many as there are on average", () => {
    const stalls = { perMegabyte: 2, stallMs: 200 };
    expect(linkMs(kept, photoBytes, { ...link, stalls })).toBeCloseTo(35.594 + 1.58 * 2 * 200, 6);
  });
});
