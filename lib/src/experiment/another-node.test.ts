import { expect, test } from "vitest";
import { anotherNode } from "../hosts/testing/another-node.js";
import { temporaryFolder } from "../record/testing/samples.js";
import { makePlan } from "./plan/plan.js";
import { isSameRun } from "./same-run.js";
import { smallRuns } from "./testing/small-runs.js";

const measureSmall = smallRuns();

test("another Node runs client and server, and the run says which it was", async () => {
  const node = anotherNode(temporaryFolder(), { runs: true });
  const { info } = await measureSmall({ node });
  expect(info).toMatchObject({ status: "finished", environment: { node: "v99.1.0", v8: "13.0" } });
  expect(JSON.stringify(info)).not.toContain(node);
  const same = {
    arms: ["rest", "grpc"],
    pairs: 1,
    blocks: 2,
    warmupBlocks: 1,
    primeCalls: 0,
    callsPerRound: 3,
    seed: 7,
  };
  expect(isSameRun({ ...same, node }, info)).toBe(true);
  expect(isSameRun(same, info)).toBe(false);
  expect(isSameRun({ ...same, node, seed: 8 }, info)).toBe(false);
  expect(isSameRun({ ...same, node, link: { roundTripMs: 1 } }, info)).toBe(false);
});

test("a Node that cannot run leaves nothing but its reason, and one in our process is refused", async () => {
  const broken = anotherNode(temporaryFolder(), { runs: false });
  await expect(measureSmall({ node: broken })).rejects.toMatchObject({
    message: expect.stringContaining("stopped early"),
  });
  expect(() => makePlan({ arms: ["rest"], host: "worker", node: broken })).toThrow(
    /needs host child, not worker/,
  );
});
