import { describe, expect, it } from "vitest";
import { summarise } from "../analysis/summarise.js";
import { hasTaskset } from "../hosts/processor.js";
import { openRun } from "../record/run.js";
import { smallRuns } from "./testing/small-runs.js";

const run = smallRuns();

describe("works", () => {
  it("adds over every arm that the work has, with right answers", async () => {
    const added = await run({ work: "add", arms: ["function", "rest-new-connection", "rest", "grpc"] });
    const calls = await added.calls();
    expect(calls.ok.every((ok) => ok === 1)).toBe(true);
  });

  it("sends the photo in every form, each answered with its size, and counts what was sent", async () => {
    const arms = ["rest-new-connection", "rest", "rest-base64", "rest-multipart", "grpc", "grpc-chunks"];
    const summaries = await summarise(await run({ work: "image", arms }));
    const photoBytes = 1_579_934;
    for (const { arm, failed, bytesSentPerCall, connections } of summaries) {
      expect({ arm, failed }).toEqual({ arm, failed: 0 });
      expect(bytesSentPerCall).toBeGreaterThanOrEqual(photoBytes);
      // Base64 adds a third, everything else next to nothing.
      expect(bytesSentPerCall).toBeLessThan(photoBytes * (arm === "rest-base64" ? 1.334 : 1.001));
      expect(connections).toBe(arm === "rest-new-connection" ? 9 : 1);
    }
  });

  it("classifies digits over every arm, several callers on the stream that is matched by order", async () => {
    const arms = [
      "rest-new-connection",
      "rest",
      "rest-multipart",
      "grpc",
      { name: "grpc-stream", callers: 4 },
    ];
    const summaries = await summarise(await run({ work: "classify", arms, callsPerRound: 20 }));
    expect(summaries.map(({ arm, failed }) => ({ arm, failed }))).toEqual(
      arms.map((arm) => ({ arm: typeof arm === "string" ? arm : arm.name, failed: 0 })),
    );
  });

  it("sends a payload of the size asked for in every form, and counts what was sent", async () => {
    const arms = ["rest-new-connection", "rest", "rest-protobuf", "grpc"];
    const sized = await run({ work: "payload", size: 300_000, arms });
    const bytes = { rest: 300_011, "rest-new-connection": 300_011, "rest-protobuf": 300_004, grpc: 300_004 };
    const summaries = await summarise(sized);
    expect(Object.fromEntries(summaries.map((summary) => [summary.arm, summary.bytesSentPerCall]))).toEqual(
      bytes,
    );
    expect(summaries.map(({ failed }) => failed)).toEqual([0, 0, 0, 0]);
    expect((await openRun(sized.folder as string)).info.size).toBe(300_000);
  });

  it("has factorials calculated, and knows how long each took in the server", async () => {
    const calls = await (await run({ work: "factorial", size: 100_000, arms: ["rest", "grpc"] })).calls();
    expect(calls.ok.every((ok) => ok === 1)).toBe(true);
    for (let i = 0; i < calls.length; i++) {
      // The client's clock began before the server's and ended after it.
      expect(calls.serverMs[i]).toBeLessThan(calls.durationMs[i] as number);
      // Seconds taken for milliseconds would be below one: 100000! takes tens of milliseconds.
      expect(calls.serverMs[i]).toBeGreaterThan(1);
    }
  });

  it("starts no server for a function, and each protocol's own where arms have servers of their own", async () => {
    const arms = [{ name: "function", server: 2 }, "rest", { name: "grpc", server: 1 }];
    const alone = await run({ arms, link: { roundTripMs: 1 } });
    expect((await alone.calls()).ok.every((ok) => ok === 1)).toBe(true);
    const { info } = await openRun(alone.folder as string);
    expect(info.servers).toEqual([
      { server: 0, program: "node", protocols: ["rest"], workers: 1, tls: false },
      { server: 1, program: "node", protocols: ["grpc"], workers: 1, tls: false },
    ]);
    expect((await run({ arms: ["function"] })).info).toMatchObject({ status: "finished", servers: [] });
  });

  it("refuses an arm that a work cannot be called by, and names those that it can", async () => {
    await expect(run({ work: "add", arms: ["grpc-stream"] })).rejects.toThrow(
      /work add cannot be called by grpc-stream; it has function, rest-new-connection, rest, grpc, grpc-own-connection, grpc-http2, requests, /,
    );
    await expect(run({ work: "image", arms: ["function"] })).rejects.toThrow(/cannot be called by function/);
  });
});

it.skipIf(!hasTaskset())("puts client and server on one processor when asked to", async () => {
  const { processors } = (await run({ processors: "shared" })).info;
  expect(processors?.client).toBe(processors?.server);
  expect((await run({ processors: "any" })).info.processors).toBeNull();
});
