import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uploadRoundTrips } from "./http2-window.js";

const windowBytes = 65_535;

describe("uploads by HTTP/2's flow control", () => {
  it("take one round trip when a window holds them", () => {
    expect(uploadRoundTrips({ uploadBytes: 20, windowBytes, uploads: 3 })).toEqual([1, 1, 1]);
  });

  // As a trace of grpc-js over a link of 35.594 ms showed: 25 windows' worth first, then batches of 34,952 and 46,968 bytes.
  it("find less credit after the first, as traced for the photo", () => {
    const [first, ...others] = uploadRoundTrips({ uploadBytes: 1_579_943, windowBytes, uploads: 5 });
    expect(first).toBe(25);
    expect(others).toEqual([39, 39, 39, 39]);
  });

  it("never take fewer round trips than whole windows would, nor more than half windows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (uploadBytes) => {
        const least = Math.ceil(uploadBytes / windowBytes);
        const most = Math.ceil(uploadBytes / Math.floor(windowBytes / 2)) + 1;
        return uploadRoundTrips({ uploadBytes, windowBytes, uploads: 4 }).every(
          (roundTrips) => roundTrips >= least && roundTrips <= most,
        );
      }),
      { seed: 4 },
    );
  });
});
