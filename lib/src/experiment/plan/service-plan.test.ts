import { describe, expect, it } from "vitest";
import { parseOperation } from "../../arms/operation/operation.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { describeRun } from "../describe-run.js";
import { atConcurrency } from "./levels.js";
import { makePlan } from "./plan.js";
import type { PlanOptions } from "./plan-options.js";
import type { PreparedService } from "./service-plan.js";

const authorization = `Bearer \${TOKEN}`;
const bounds = { mostCalls: 1000, mostPerSecond: 10 };

function serviceAt(elsewhere: boolean): PreparedService {
  const rest = (path: string) => ({
    operation: parseOperation(
      {
        kind: "rest",
        url: `https://shop.example${path}`,
        headers: { authorization },
        bodyFile: "/home/me/order.json",
        tls: { caFile: "/home/me/ca.pem" },
      },
      path,
    ),
    endpoints: { restUrl: "https://shop.example", grpcAddress: null, tls: {} },
    method: null,
    elsewhere,
  });
  return {
    operations: { order: rest("/order"), item: rest("/item") },
    sameWork: false,
    bounds,
    callsBefore: 3,
  };
}

const plan = (options: Omit<PlanOptions, "arms"> & { arms?: PlanOptions["arms"] }, elsewhere = true) =>
  makePlan({ arms: ["order"], service: serviceAt(elsewhere), seed: 1, ...options });

describe("a plan of a service", () => {
  it("has an arm an operation, one server an address, and nothing primed", () => {
    const made = plan({ arms: atConcurrency(["order", "item"], [1, 2]), calls: 10 }, false);
    expect(made).toMatchObject({ work: "service", host: "remote", pairs: 1, primeCalls: 0, tls: true });
    expect(made.servers).toHaveLength(1);
    expect(made.arms.map(({ name, operation, callers }) => [name, operation, callers])).toEqual([
      ["order-1", "order", 1],
      ["item-1", "item", 1],
      ["order-2", "order", 2],
      ["item-2", "item", 2],
    ]);
  });

  it("is kept with references in place of secrets and names in place of paths", () => {
    const { service, arms } = describeRun(plan({ calls: 10 }), null, "any");
    expect(service?.bounds).toEqual(bounds);
    expect(service?.operations.order).toMatchObject({
      headers: { authorization },
      bodyFile: "order.json",
      tls: { caFile: "ca.pem" },
    });
    expect(arms[0]).toMatchObject({ operation: "order", protocol: "rest" });
    expect(arms[0]?.client).toMatch(/^POST https:\/\/shop\.example\/order, by undici/);
    expect(describeRun(plan({ calls: 10 }, false), null, "any").service?.bounds).toBeNull();
    expect(JSON.stringify(service)).not.toContain("/home/me");
  });

  it("bounds what is asked of other machines, and nothing on this one", () => {
    expect(() => plan({ calls: 10_000 })).toThrow(
      /some 12,503 calls of order, .* 1000 are allowed.* mostCalls/,
    );
    expect(plan({ calls: 10_000 }, false).callsPerRound).toBe(500);
    const open = (callsPerSecond: number) => openLoad({ callsPerSecond, runTimeMs: 1000 });
    expect(() => plan({ load: open(11) })).toThrow(
      /up to 11 calls a second of order, .* 10 are allowed.* mostPerSecond/,
    );
    expect(plan({ load: open(10) }).load).not.toBeNull();
    const users = (thinkMs: number) => closedLoad({ users: 5, thinkMs, runTimeMs: 1000 });
    expect(() => plan({ load: users(0) })).toThrow(/calls without a pause of order/);
    expect(() => plan({ load: users(400) })).toThrow(/up to 13 calls a second/);
    expect(plan({ load: users(500) }).load).not.toBeNull();
    const crowd = (spawnPerSecond?: number) =>
      closedLoad({ users: 20, thinkMs: 60_000, runTimeMs: 1000, ...(spawnPerSecond && { spawnPerSecond }) });
    expect(() => plan({ load: crowd() })).toThrow(/up to 20 calls a second/);
    expect(() => plan({ load: crowd(11) })).toThrow(/up to 11 calls a second/);
    expect(plan({ load: crowd(10) }).load).not.toBeNull();
    const waves = closedLoad({ users: 20, spawnPerSecond: 6, thinkMs: 2000, runTimeMs: 1000 });
    expect(() => plan({ load: waves })).toThrow(/up to 12 calls a second/);
  });

  it("takes one caller at a time where calls are held back", () => {
    const two = { arms: [{ name: "order", callers: 2 }], calls: 10 };
    expect(() => plan(two)).toThrow(/order has 2 callers at once, .* held to 10 a second.*openLoad/);
    expect(plan(two, false).arms[0]?.callers).toBe(2);
  });

  it.each<[Omit<PlanOptions, "arms"> & { arms?: PlanOptions["arms"] }, RegExp]>([
    [{ work: "add" }, /The operations of a service say what is called and where: leave work out/],
    [{ link: { roundTripMs: 1 } }, /leave link out/],
    [{ host: "child" }, /its host is remote, not child/],
    [{ arms: ["rest"] }, /The service has no operation "rest"; it has order, item\./],
    [{ arms: [{ name: "order", plantedDelayUs: 5 }] }, /its plantedDelayUs is not ours to choose/],
  ])("refuses %j", (options, message) => {
    expect(() => plan(options)).toThrow(message);
  });
});
