import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Output } from "../cells/ipynb.js";
import { projectRoot, temporaryFolder } from "../testing/notebooks.js";
import { type Kernel, startKernel } from "./kernel.js";

const limit = { timeoutMs: 60_000 };

function stdout(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
}

describe("a kernel", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await startKernel({ folder: projectRoot });
  });
  afterAll(() => kernel.stop());

  it("runs cells one after another and keeps what they declare", async () => {
    expect(await kernel.execute("let count = 41;", limit)).toMatchObject({ status: "ok", outputs: [] });
    const result = await kernel.execute("count += 1;\nconsole.log('now');\ncount", limit);
    expect(result).toMatchObject({ status: "ok", outputs: [{ name: "stdout", text: "now\n42\n" }] });
  });

  it("works in the folder that it was started in", async () => {
    const { outputs } = await kernel.execute("process.cwd() + '/'", limit);
    expect(stdout(outputs).trim()).toBe(projectRoot);
  });

  it.each([
    ["in a plain cell", "throw new TypeError('no <b>such</b> thing')"],
    ["after an await", "await null; throw new TypeError('no <b>such</b> thing')"],
  ])("reports a thrown error %s by name and message", async (_, source) => {
    const result = await kernel.execute(`console.error('a warning');\n${source}`, limit);
    expect(result).toMatchObject({ status: "error", reason: "TypeError: no <b>such</b> thing" });
    expect(result.outputs).toMatchObject([
      { output_type: "stream", name: "stderr", text: "a warning\n" },
      { output_type: "error", ename: "TypeError", evalue: "no <b>such</b> thing" },
    ]);
  });

  it("reports what does not compile with its line", async () => {
    const result = await kernel.execute("const fine = 1;\nconst wrong: number = 'text';\nmissing", limit);
    const reason = "line 2: Type 'string' is not assignable to type 'number'.";
    expect(result).toMatchObject({ status: "error", reason });
    expect(result.outputs).toHaveLength(1);
  });

  it("runs a cell sent right after an error, which the kernel refuses at first", async () => {
    const failed = kernel.execute("throw new Error('first')", limit);
    expect(await failed).toMatchObject({ status: "error" });
    expect(await kernel.execute("'second'", limit)).toMatchObject({ status: "ok" });
  });

  it("lets a display be overwritten, in its cell and from a later one", async () => {
    const seen: string[] = [];
    const onOutput = (output: Output) => {
      if (output.output_type === "display_data") seen.push(String(output.data["text/html"]));
    };
    const source =
      "import { newDisplay } from 'tslab';\nconst bar = newDisplay();\nbar.html('<i>1</i>'); bar.html('<i>2</i>');";
    const first = await kernel.execute(source, { ...limit, onOutput });
    expect(first.outputs).toMatchObject([{ output_type: "display_data", data: { "text/html": "<i>2</i>" } }]);
    const second = await kernel.execute("bar.html('<i>3</i>');", { ...limit, onOutput });
    expect(second.outputs).toEqual([]);
    expect(first.outputs).toMatchObject([{ data: { "text/html": "<i>3</i>" } }]);
    expect(seen).toEqual(["<i>1</i>", "<i>2</i>", "<i>3</i>"]);
  });

  it.each([
    ["waits for ever", "await new Promise(() => {});"],
    ["never yields", "while (true) {}"],
  ])("stops a cell that %s at its time limit, and stays usable", async (_, source) => {
    await kernel.execute("let kept = 'kept';", limit);
    const result = await kernel.execute(source, { timeoutMs: 300 });
    expect(result).toMatchObject({
      status: "timeout",
      kernel: "usable",
      reason: "Stopped at its time limit of 0.3 s.",
    });
    expect(result.outputs).toMatchObject([{ output_type: "error", ename: "TimeLimit" }]);
    expect(stdout((await kernel.execute("kept", limit)).outputs)).toBe("kept\n");
  });

  it("interrupts a cell when its signal is aborted, before it begins or while it runs", async () => {
    const never = await kernel.execute("console.log('ran')", { ...limit, signal: AbortSignal.abort() });
    expect(never).toMatchObject({ status: "interrupted", kernel: "usable" });
    const controller = new AbortController();
    const onOutput = () => controller.abort();
    const source = "console.log('begun'); await new Promise(() => {});";
    const result = await kernel.execute(source, { ...limit, signal: controller.signal, onOutput });
    expect(result).toMatchObject({ status: "interrupted", kernel: "usable" });
    expect(stdout(result.outputs)).toBe("begun\n");
    expect(await kernel.execute("1", limit)).toMatchObject({ status: "ok" });
  });

  it("watches no file of a package, which may be installed or built anew while a cell runs", async () => {
    const imported = await kernel.execute("import { mean } from 'simple-statistics'; mean([1])", limit);
    expect(imported).toMatchObject({ status: "ok" });
    const watchers = "process.getActiveResourcesInfo().filter((name) => /Watcher|FSEvent/.test(name)).length";
    expect(stdout((await kernel.execute(watchers, limit)).outputs)).toBe("0\n");
  });

  it("keeps the order and all of many outputs", async () => {
    const result = await kernel.execute("for (let i = 0; i < 5000; i++) console.log(i);", limit);
    expect(result).toMatchObject({ status: "ok" });
    expect(stdout(result.outputs).trim().split("\n").map(Number)).toEqual(
      Array.from({ length: 5000 }, (_, i) => i),
    );
  });
});

describe("a kernel of its own", () => {
  async function start(): Promise<Kernel> {
    const kernel = await startKernel({ folder: projectRoot });
    onTestFinished(() => kernel.stop());
    return kernel;
  }

  it("is killed when it does not obey the interrupt", async () => {
    const kernel = await start();
    const controller = new AbortController();
    const result = await kernel.execute("await null; console.log('stuck'); while (true) {}", {
      ...limit,
      interruptGraceMs: 300,
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    expect(result).toMatchObject({ status: "interrupted", kernel: "killed" });
    expect(await kernel.died).toMatchObject({ signal: "SIGKILL" });
  });

  it("says how it died, with its last words", async () => {
    const kernel = await start();
    const source = "require('node:fs').writeSync(2, 'out of cheese\\n'); process.exit(7);";
    const result = await kernel.execute(source, limit);
    expect(result.status).toBe("died");
    expect(result).toMatchObject({ reason: expect.stringMatching(/exit code 7.*out of cheese/) });
    expect(result.outputs.at(-1)).toMatchObject({ output_type: "error", ename: "KernelDied" });
    expect(await kernel.execute("1", limit)).toMatchObject({ status: "died" });
  });

  it("ends although a server of a cell is still open, and leaves no connection file", async () => {
    const temporary = await temporaryFolder();
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const kernel = await startKernel({ folder: projectRoot });
    await kernel.execute("const open = require('node:http').createServer().listen(0, '127.0.0.1');", limit);
    await kernel.stop();
    await kernel.died;
    expect(() => process.kill(kernel.pid, 0)).toThrow("ESRCH");
    expect(await readdir(temporary)).toEqual(["node_modules"]);
  });

  it("says why it did not start, when it ends before it answers", async () => {
    vi.stubEnv("NODE_OPTIONS", "--require ./no-such-module.cjs");
    onTestFinished(() => void vi.unstubAllEnvs());
    const reason =
      /^The TypeScript kernel did not start; try `wirelab doctor`. The kernel ended with exit code 1 before it answered. Its last words: .*no-such-module/s;
    await expect(startKernel({ folder: projectRoot })).rejects.toThrow(reason);
  });

  it("does not start in a folder that does not exist", async () => {
    await expect(startKernel({ folder: "/no/such/folder" })).rejects.toMatchObject({ code: "kernel-failed" });
  });
});
