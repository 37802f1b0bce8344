import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataFrame } from "danfojs-node";
import { beforeAll, expect, test } from "vitest";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { closedLoad, openLoad } from "../schedule/load-choice.js";
import { publishedLoad } from "../verdicts/published/published-load.js";
import { bySize } from "./by-size.js";
import { features } from "./features.js";
import { expectedRates, loads } from "./load-tables.js";
import { measure } from "./measure.js";
import { needs } from "./needs.js";
import { published } from "./published.js";
import { publishedLoads } from "./published-loads.js";
import { verdicts } from "./verdicts.js";
import { wire } from "./wire.js";

const publishedUsers = publishedLoad({ post: "004", experiment: "factorial", condition: "100 users" });
const common = { work: "factorial", arms: ["rest", "grpc"], pairs: 1, blocks: 2, primeCalls: 0, seed: 1 };
let runsFolder: string;
let run: Run;

/** A run's calls under other facts about it. */
const as = (info: Partial<Run["info"]>): Run => ({ ...run, info: { ...run.info, ...info } });

const cells = (frame: DataFrame, column: string) => frame.column(column).values as (string | number | null)[];

/** The calls without those of the last block, told as warm-up. */
function firstBlocks(calls: Calls): Calls {
  const last = Math.max(...calls.block);
  return { ...calls, warmup: calls.warmup.map((warm, row) => (calls.block[row] === last ? 1 : warm)) };
}

beforeAll(async () => {
  runsFolder = await mkdtemp(join(tmpdir(), "wirelab-beside-"));
  const load = closedLoad({ users: 100, thinkMs: [1000, 2000], runTimeMs: 3000 });
  run = await measure({ ...common, load, runsFolder });
  return () => rm(runsFolder, { recursive: true, force: true });
}, 60_000);

test("numbers of another load are shown with what differs, and of the very same load compared", async () => {
  const other = await publishedLoads("004", run);
  expect(cells(other, "remark")).toContain(
    "not comparable: here 100 users, all at once, pausing 1–2 s, for 3 s",
  );
  expect(new Set(cells(other, "portedOverPublished"))).toEqual(new Set([null]));
  const same = await publishedLoads("004", as({ load: publishedUsers }));
  const ratios = cells(same, "portedOverPublished");
  expect(ratios.filter((ratio) => ratio !== null).length).toBeGreaterThan(8);
  expect(cells(same, "remark").filter((remark) => String(remark).includes("had begun"))).toEqual([]);
});

test("a ramp that starts fewer users than it is named for is compared with the same ramp, and says how many", async () => {
  const loadRounds = run.info.loadRounds.map((round) => ({ ...round, usersStarted: 30 }));
  const frame = await publishedLoads("004", as({ load: publishedUsers, loadRounds }));
  expect(cells(frame, "portedOverPublished")[0]).toBeGreaterThan(0);
  expect(cells(frame, "remark")[0]).toBe("of the 100 users 30 had begun at the end");
  const untold = await publishedLoads("004", as({ load: publishedUsers, loadRounds: [] }));
  expect(cells(untold, "remark").filter((remark) => String(remark).includes("had begun"))).toEqual([]);
});

test("a work of another size, or no load, stands beside nothing that is published", async () => {
  for (const changed of [as({ size: 100 }), as({ load: null })]) {
    const frame = await publishedLoads("004", changed);
    expect(cells(frame, "remark")[0]).toMatch(/^not measured, it needs a run of factorial .* 100 users/);
    const judged = await verdicts("004", changed);
    expect(new Set(judged.verdicts.map(({ direction }) => direction))).toEqual(
      new Set(["not testable here"]),
    );
  }
});

test("an answer's bytes and the number of calls are judged from a load", async () => {
  const { verdicts: all } = await verdicts("004", run);
  const bytes = all.find(({ claim }) => claim === "004-bytes");
  expect(bytes?.direction).toBe("holds");
  expect(bytes?.conditions).toContain("the load is 100 users, all at once, pausing 1–2 s, for 3 s");
  expect(all.find(({ claim }) => claim === "004-count")?.ratio).toBeGreaterThan(0.5);
  // Too few calls for a percentile a round are no verdict, and say so.
  const p99 = all.find(({ claim }) => claim === "004-p99");
  expect(p99?.missing).toMatch(/p99 a round needs 368 calls a round/);
});

test("what goes over the wire is more than the bodies, and less of it for gRPC", async () => {
  const frame = await wire(run);
  const [rest, grpc] = frame.loc({ columns: ["bodyReceivedBytes", "wireReceivedBytes"] })
    .values as number[][];
  for (const [body, all] of [rest, grpc] as number[][]) expect(all).toBeGreaterThan(body as number);
  expect(grpc?.[1]).toBeLessThan(rest?.[1] as number);
});

test("each row of the post's table is measured or says why it is not", async () => {
  const frame = await features("004", run);
  const rows = frame.loc({ columns: ["measured here", "remark"] }).values as string[][];
  expect(rows).toHaveLength(13);
  expect(rows.filter(([measured, remark]) => measured === "" && remark === "")).toEqual([]);
  // A single load has no interval, and the other rows do not need one.
  const single = await features("004", { ...run, calls: async () => firstBlocks(await run.calls()) });
  expect(cells(single, "measured here")[5]).toMatch(/an interval takes two blocks, and there is one/);
  expect(rows[8]?.[0]).toMatch(/^at most 1 call at once on a connection over REST, \d+ over gRPC$/);
});

test("the rate that follows from users is theirs; an open load's follows from none", async () => {
  const [rest] = (await expectedRates(run)).loc({ columns: ["measuredOverExpected"] }).values as number[][];
  expect(rest?.[0]).toBeGreaterThan(0.7);
  expect(rest?.[0]).toBeLessThan(1.3);
  const cut = as({ loadRounds: run.info.loadRounds.map((round) => ({ ...round, overMs: 500 })) });
  await expect(expectedRates(cut)).rejects.toThrow(/ended early/);
  const open = as({ load: openLoad({ callsPerSecond: 10, runTimeMs: 1200 }) });
  await expect(expectedRates(open)).rejects.toThrow(/rate of an open load is asked for/);
  expect((await loads(open)).columns).toContain("askedPerSecond");
});

test("runs are compared by the size of their work, and one without a size is refused", async () => {
  const frame = await bySize([run, as({ size: 7 })], { first: "rest", second: "grpc" });
  expect(cells(frame, "size")).toEqual([10_000, 7]);
  await expect(bySize([as({ size: null })], { first: "rest", second: "grpc" })).rejects.toThrow(
    /has no size/,
  );
});

test("what a load would need is said before it runs", () => {
  const load = closedLoad({ users: 10_000, runTimeMs: 30_000 });
  const [bytes] = needs({ work: "payload", arms: ["rest"], load });
  // 512 KB in JSON are 11 bytes more.
  expect(bytes).toMatchObject({ what: "bytes in flight", needed: 10_000 * 524_299 });
});

test("a load stands beside no number of one call at a time", async () => {
  const frame = await published("003", as({ work: "increment", size: null }));
  expect(cells(frame, "remark").every((remark) => String(remark).startsWith("not measured"))).toBe(true);
});

test("a run folder is read only where the same users were asked for", async () => {
  const source = run.folder ?? "";
  const load = closedLoad({ users: 100, thinkMs: [1000, 2000], runTimeMs: 9000, spawnPerSecond: 10 });
  expect((await measure({ ...common, source, load })).info.seed).toBe(1);
  await expect(measure({ ...common, source })).rejects.toThrow(
    /under 100 users, pausing 1–2 s, not of factorial/,
  );
  await expect(measure({ ...common, source, load, size: 7 })).rejects.toThrow(/not of factorial of size 7/);
});

test("an arm whose server has other workers than the post's is not judged as the post's", async () => {
  const servers = run.info.servers.map((server) => ({ ...server, workers: 4 }));
  const judged = await verdicts("004", as({ servers }));
  expect(new Set(judged.verdicts.map(({ direction }) => direction))).toEqual(new Set(["not testable here"]));
});
