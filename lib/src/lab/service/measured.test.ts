import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { atConcurrency } from "../../experiment/plan/levels.js";
import { StoppedRun } from "../../experiment/stopped-run.js";
import { openRun } from "../../record/run.js";
import { viewOf } from "../../show/display.js";
import { compare } from "../compare.js";
import { type LabOptions, measure } from "../measure.js";
import { summary } from "../summary.js";
import { throughput } from "../throughput.js";
import type { OperationOptions, ServiceOptions } from "./service.js";
import { type Shop, startShop } from "./testing/shop.js";

const token = "s3cret/value with=marks";
let folder: string;
let printed = "";
const shops: Shop[] = [];
beforeAll(async () => {
  vi.stubEnv("SHOP_TOKEN", token);
  folder = await mkdtemp(join(tmpdir(), "wirelab-service-"));
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  }
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all(shops.map((shop) => shop.close()));
  await rm(folder, { recursive: true });
});

async function started(tiredAfter?: number): Promise<Shop> {
  const shop = await startShop({ token, ...(tiredAfter !== undefined && { tiredAfter }) });
  shops.push(shop);
  return shop;
}

const authorization = `Bearer \${SHOP_TOKEN}`;

function servicesOf({ restUrl, target }: Shop): LabOptions {
  const operation = { kind: "grpc", target, metadata: { authorization } } as const;
  return {
    service: {
      operations: {
        post: {
          kind: "rest",
          url: `${restUrl}/echo?at={{index}}`,
          headers: { authorization },
          body: { id: "{{index}}", name: "{{text 4}}", by: "{{caller}}" },
        },
        list: {
          ...operation,
          method: "shop.Items/List",
          message: { item_number: 3 },
          expect: { messages: 3 },
        },
      },
    },
    pairs: 1,
    blocks: 2,
    warmupBlocks: 1,
    callsPerRound: 6,
    seed: 5,
    runsFolder: folder,
  };
}

/** Everything that was left on the disk, and what was printed meanwhile, as Latin-1 so that no byte is lost. */
function leftBehind(): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return [printed, ...files.map((one) => readFileSync(join(one.parentPath, one.name), "latin1"))].join("\n");
}

function expectNoSecret(text: string): void {
  const bytes = Buffer.from(token);
  const forms = [
    "s3cret",
    "value with=marks",
    encodeURIComponent(token),
    bytes.toString("base64"),
    bytes.toString("hex"),
  ];
  for (const form of forms) expect(text).not.toContain(form);
}

test("a run of somebody's service keeps its calls, what was called, and no secret", async () => {
  const shop = await started();
  const arms = atConcurrency(["post", "list"], [1, 2]);
  const run = await measure({ ...servicesOf(shop), arms });
  const { info } = run;
  expect(info).toMatchObject({ work: "service", host: "remote", status: "finished", servers: [] });
  expect(info.service).toMatchObject({
    sameWork: false,
    bounds: null,
    operations: { post: { headers: { authorization } }, list: { metadata: { authorization } } },
  });
  const calls = await run.calls();
  expect(Math.min(...calls.ok)).toBe(1);
  expect(calls.length).toBe(4 * 3 * 6);
  // A stream's first message comes before its end, and a call has the bytes of all messages.
  expect(Number.isFinite(calls.firstByteMs[calls.arm.indexOf(calls.armNames.indexOf("list-1"))])).toBe(true);
  const bodies = shop.asked.map((line) => line.replace(/^POST \/echo\?at=\d+ /, ""));
  const made = bodies.map((body) => JSON.parse(body) as { id: number; name: string; by: number });
  expect(made.every(({ id, name }) => Number.isInteger(id) && /^[a-z]{4}$/.test(name))).toBe(true);
  expect(new Set(made.map(({ by }) => by))).toEqual(new Set([0, 1]));
  expect(new Set(made.map(({ name }) => name)).size).toBeGreaterThan(20);
  const comparison = await compare(run, { first: "post-1", second: "list-1" });
  expect(viewOf(comparison)?.text()).toMatch(
    /in these processes only\. Whether they do the same work is not known: post and list were not held to what an answer says/,
  );
  const shown = [
    viewOf(run)?.html(),
    viewOf(await throughput(run))?.html(),
    viewOf(await summary(run))?.html(),
  ];
  expectNoSecret(shown.join("\n"));
  expectNoSecret(leftBehind());
  expect((await openRun(run.folder ?? "")).info).toEqual(info);
});

test("all arms wait for their turn where one of them is called elsewhere, over rounds too", async () => {
  const { restUrl, target } = await started();
  const { service, ...options } = servicesOf({ restUrl, target } as Shop);
  const { operations } = service as ServiceOptions;
  const list = { ...operations.list, target: target.replace("127.0.0.1", "0.0.0.0") } as OperationOptions;
  const held = { operations: { ...operations, list }, mostPerSecond: 10 };
  const asked = { ...options, callsPerRound: 1, allowHosts: "0.0.0.0" };
  const run = await measure({ ...asked, service: held });
  expect(run.info.service?.bounds?.mostPerSecond).toBe(10);
  const { startMs, length } = await run.calls();
  expect(length).toBe(2 * 3);
  // The first may be late, and a timer up to a millisecond early.
  expect(Math.max(...startMs) - Math.min(...startMs)).toBeGreaterThan((length - 2) * 100 - 2);
});

test("a run that fails on the way says why without the secret that the server repeats, and keeps its calls", async () => {
  const shop = await started(8);
  const error = await measure({ ...servicesOf(shop), arms: ["list"] }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoppedRun);
  const { message, run } = error as StoppedRun;
  expect(message).toContain("5 calls of list in a row failed, the last with INTERNAL");
  const calls = await run.calls();
  const codes = [...calls.error].map((code) => calls.errorCodes[code]);
  expect(new Set(codes)).toEqual(new Set(["", "INTERNAL"]));
  expectNoSecret(message + leftBehind());
});
