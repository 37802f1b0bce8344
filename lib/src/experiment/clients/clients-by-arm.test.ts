import { expect, test } from "vitest";
import type { Client } from "./client.js";
import { ClientsByArm, callerOf } from "./clients-by-arm.js";

const never = () => Promise.reject(new Error("nobody calls"));

function client(pid: number): Client {
  return { pids: [pid], openUsers: never, run: never, stop: async () => {} };
}

test("what an arm's calls use is read of its own client only", () => {
  const [node, python] = [client(1), client(2)];
  const both = new ClientsByArm(
    new Map([
      ["rest", node],
      ["requests", python],
      ["httpx", python],
    ]),
  );
  expect(["rest", "requests", "httpx"].map((arm) => callerOf(arm, both).pids)).toEqual([[1], [2], [2]]);
  expect(both.pids).toEqual([1, 2]);
  expect(callerOf("rest", node)).toBe(node);
  expect(() => callerOf("grpc", both)).toThrow(/No client .* was started with "grpc"/);
});
