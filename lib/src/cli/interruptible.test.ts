import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { interruptible } from "./interruptible.js";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Work that ends when it is aborted, as `end` says. */
function untilAborted(end: () => number): (signal: AbortSignal) => Promise<number> {
  return async (signal) => {
    await once(signal, "abort");
    return end();
  };
}

test("work that ends by itself gives its own status and leaves no listener", async () => {
  const before = process.listenerCount("SIGINT");
  expect(await interruptible(async () => 1)).toBe(1);
  expect(process.listenerCount("SIGINT")).toBe(before);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s lets the work wind up and gives %i", async (name, status) => {
  const ended = interruptible(untilAborted(() => 0));
  process.emit(name, name);
  expect(await ended).toBe(status);
});

test("work that fails while winding up is said, and was interrupted all the same", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const ended = interruptible(
    untilAborted(() => {
      throw new Error("half done");
    }),
  );
  process.emit("SIGINT", "SIGINT");
  expect(await ended).toBe(130);
  expect(write).toHaveBeenCalledWith(expect.stringContaining("half done"));
});

test("work that fails by itself rejects", async () => {
  await expect(interruptible(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("a repeat within a second is the same Ctrl-C, a later one ends the process at once", async () => {
  const exit = vi.spyOn(process, "exit").mockImplementation((() => {}) as never);
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  let release = () => {};
  const ended = interruptible(
    () =>
      new Promise((resolve) => {
        release = () => resolve(0);
      }),
  );
  process.emit("SIGINT", "SIGINT");
  now.mockReturnValue(900);
  process.emit("SIGINT", "SIGINT");
  expect(exit).not.toHaveBeenCalled();
  now.mockReturnValue(1100);
  process.emit("SIGINT", "SIGINT");
  expect(exit).toHaveBeenCalledWith(130);
  release();
  expect(await ended).toBe(130);
});
