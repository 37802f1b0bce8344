import { expect, it } from "vitest";
import { timedOutputOf } from "./child.js";

it("tells what a program took of a processor, beside what it wrote", async () => {
  const busy =
    "const used = () => process.cpuUsage().user + process.cpuUsage().system; while (used() < 5e5);";
  const { signal } = new AbortController();
  const { output, cpuMs } = await timedOutputOf(process.execPath, ["-p", `${busy} 7`], { signal });
  expect(output).toBe("7\n");
  expect(cpuMs).toBeGreaterThan(500);
  expect(cpuMs).toBeLessThan(1500);
});
