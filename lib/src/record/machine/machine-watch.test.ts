import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Warning } from "../run-info.js";
import { temporaryFolder } from "../testing/samples.js";
import { watchMachine } from "./machine-watch.js";

interface Machine {
  /** Ticks of the two processors together. */
  readonly user: number;
  readonly idle: number;
  readonly stolen?: number;
  /** Process id → parent and ticks. */
  readonly processes?: Record<number, { parent: number; ticks: number }>;
  readonly throttled?: string;
  /** Processes that have ended. */
  readonly gone?: readonly number[];
}

/** What the watch says of a machine that was `before` and is `after`, read from folders that look like the system's. */
function watch(before: Machine, after: Machine, group = "0::/box\n", included: number[] = []): Warning[] {
  const root = temporaryFolder();
  const folders = { proc: join(root, "proc"), cgroup: join(root, "cgroup") };
  show(folders, before, group);
  const watching = watchMachine(folders);
  watching.include(included);
  show(folders, after, group);
  return watching.stop();
}

function show(folders: { proc: string; cgroup: string }, machine: Machine, group: string): void {
  mkdirSync(join(folders.proc, "self"), { recursive: true });
  mkdirSync(join(folders.cgroup, "box"), { recursive: true });
  mkdirSync(join(folders.cgroup, "cpu", "box"), { recursive: true });
  const { user, idle, stolen = 0, processes = {}, throttled = "", gone = [] } = machine;
  writeFileSync(
    join(folders.proc, "stat"),
    `cpu  ${user} 0 0 ${idle} 0 0 0 ${stolen} 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\ncpu1 1 0 0 1 0 0 0 0 0 0\nintr 5\n`,
  );
  writeFileSync(join(folders.proc, "self", "cgroup"), group);
  for (const [pid, { parent, ticks }] of Object.entries(processes)) {
    mkdirSync(join(folders.proc, pid), { recursive: true });
    const stat = `${pid} (a b) c) S ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 1 1 1`;
    writeFileSync(join(folders.proc, pid, "stat"), stat);
  }
  for (const pid of gone) rmSync(join(folders.proc, `${pid}`), { recursive: true });
  const file = group.startsWith("0::") ? join("box", "cpu.stat") : join("cpu", "box", "cpu.stat");
  writeFileSync(join(folders.cgroup, file), throttled);
}

const quiet: Machine = { user: 1000, idle: 1000 };
const codes = (warnings: Warning[]) => warnings.map(({ code }) => code);

test("a quiet machine gives no warning", () => {
  expect(watch(quiet, { user: 1010, idle: 1990 })).toEqual([]);
});

test("work of this process, of its children and of theirs is not another program's", () => {
  const own = (ticks: number) => ({
    [process.pid]: { parent: 1, ticks },
    90001: { parent: process.pid, ticks },
    90002: { parent: 90001, ticks },
    90003: { parent: 1, ticks },
  });
  const after = { user: 1300, idle: 1700 };
  expect(watch({ ...quiet, processes: own(50) }, { ...after, processes: own(150) })).toEqual([]);
  const [warning] = watch({ ...quiet, processes: own(50) }, { ...after, processes: own(80) });
  expect(warning).toMatchObject({ code: "busy-machine" });
  expect(warning?.message).toContain("0.42 processors");
});

test("a server that ran before is not another program, once it is included, with its children", () => {
  const processes = (ticks: number) => ({
    [process.pid]: { parent: 1, ticks },
    90001: { parent: process.pid, ticks },
    90003: { parent: 1, ticks },
    90004: { parent: 90003, ticks },
  });
  const [before, after] = [
    { ...quiet, processes: processes(50) },
    { user: 1400, idle: 1600, processes: processes(150) },
  ];
  expect(codes(watch(before, after))).toEqual(["busy-machine"]);
  expect(watch(before, after, undefined, [90003])).toEqual([]);
  // Nothing is taken off twice, or there would be nothing left to warn of here.
  const busier = { ...after, user: 1600, idle: 1400 };
  expect(codes(watch(before, busier, undefined, [90003, 90004, 90003, 90001]))).toEqual(["busy-machine"]);
  const gone = { ...after, user: 1200, idle: 1800, gone: [90003, 90004] };
  expect(watch(before, gone, undefined, [90003])).toEqual([]);
});

test("stolen time is a warning from 1 % on", () => {
  expect(watch(quiet, { user: 1000, idle: 1990, stolen: 10 })).toEqual([]);
  const warnings = watch(quiet, { user: 1000, idle: 1960, stolen: 40 });
  expect(codes(warnings)).toEqual(["cpu-steal"]);
  expect(warnings[0]?.message).toContain("4.0 %");
});

test("a quota that held the run back is a warning, in both versions of control groups", () => {
  const v2 = (us: number) => ({
    ...quiet,
    throttled: `usage_usec 5\nnr_throttled 3\nthrottled_usec ${us}\n`,
  });
  expect(watch(v2(7), v2(7))).toEqual([]);
  const warnings = watch(v2(7), v2(250_000_007));
  expect(codes(warnings)).toEqual(["throttled"]);
  expect(warnings[0]?.message).toContain("250000 ms");
  const v1 = (ns: number) => ({
    ...quiet,
    throttled: `nr_periods 9\nnr_throttled 3\nthrottled_time ${ns}\n`,
  });
  expect(codes(watch(v1(0), v1(9e12), "5:memory:/x\n1:cpuacct,cpu:/box\n"))).toEqual(["throttled"]);
});

test("a few ticks are chance, not a busy machine", () => {
  expect(watch(quiet, { user: 1030, idle: 1010 })).toEqual([]);
});

test("without such counters there is no warning, and the real ones can be read", () => {
  const nowhere = join(temporaryFolder(), "nowhere");
  expect(watchMachine({ proc: nowhere, cgroup: nowhere }).stop()).toEqual([]);
  const watching = watchMachine();
  const warnings = watching.stop();
  expect(watching.stop()).toBe(warnings);
});
