import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { predict } from "../analysis/layers/predict.js";
import { summarise } from "../analysis/summarise.js";
import { openRun } from "../record/run.js";
import type { Prediction } from "../record/run-info.js";
import { linkParameters } from "./plan/link-choice.js";
import { smallRuns } from "./testing/small-runs.js";

const run = smallRuns();

/** Processes of servers, clients and links that this one started and that still run. */
function processesLeft(): string[] {
  const table = execFileSync("ps", ["-eo", "ppid,args"], { encoding: "utf8" }).split("\n");
  return table.filter((line) => Number.parseInt(line, 10) === process.pid && line.includes("main.js"));
}

describe("a run over a link", () => {
  // Lower bounds only: nothing is faster than the path, whatever the machine does.
  it("waits the round trip, twice with a new connection, and keeps what was predicted", async () => {
    const predictions = [{ arm: "rest", linkMs: 8, ownMs: 0.5 }];
    const link = { roundTripMs: 8 };
    const arms = ["rest-new-connection", "rest", "grpc"];
    const far = await run({ work: "add", arms, link, predictions });
    const again = await openRun(far.folder as string);
    expect(again.info.predictions).toEqual(predictions);
    expect(again.info.link).toMatchObject({ roundTripMs: 8, jitterMs: 0, bandwidthMbps: null });
    expect(again.info.link?.pingMs).toHaveLength(1);
    const shortest = Object.fromEntries((await summarise(again)).map(({ arm, minMs }) => [arm, minMs]));
    expect(shortest.rest).toBeGreaterThan(6.5);
    expect(shortest.grpc).toBeGreaterThan(6.5);
    expect(shortest["rest-new-connection"]).toBeGreaterThan(13);
    expect(processesLeft()).toEqual([]);
  });

  it("waits for one handshake more when it is encrypted, and is what was predicted", async () => {
    const arms = ["rest-new-connection", "rest", "grpc"];
    const options = { work: "add", arms, tls: true, pairs: 1, blocks: 4, callsPerRound: 5 };
    const near = await run({ ...options, link: { roundTripMs: 0 } });
    const parameters = linkParameters({ roundTripMs: 40 });
    const predictions = await predict(near, parameters);
    const far = await openRun((await run({ ...options, link: parameters, predictions })).folder as string);
    expect(far.info.tls).toBe(true);
    expect(far.info.predictions.map(({ linkMs }) => linkMs / 40)).toEqual([3, 1, 1]);
    for (const { arm, minMs, failed } of await summarise(far)) {
      const { linkMs } = predictions.find((prediction) => prediction.arm === arm) as Prediction;
      expect(failed).toBe(0);
      // Nothing is faster than the path; one round trip more than predicted would be another protocol.
      expect(minMs / linkMs).toBeGreaterThan(0.9);
      expect(minMs).toBeLessThan(linkMs + 30);
    }
    expect(processesLeft()).toEqual([]);
  });

  it("is refused where the server shares the client's process, and for a path that cannot be", async () => {
    await expect(run({ host: "in-process", link: { roundTripMs: 1 } })).rejects.toThrow(
      /not to host in-process/,
    );
    await expect(run({ link: { roundTripMs: -1 } })).rejects.toThrow(/roundTripMs must be from 0/);
  });

  it("leaves nothing running when it is interrupted", async () => {
    const interrupt = new AbortController();
    const ended = run({
      link: { roundTripMs: 2 },
      blocks: 200,
      signal: interrupt.signal,
      onProgress: () => interrupt.abort(),
    });
    await expect(ended).rejects.toMatchObject({ code: "interrupted" });
    expect(processesLeft()).toEqual([]);
  });
});
