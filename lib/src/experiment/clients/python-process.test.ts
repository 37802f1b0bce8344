import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findPythonForTests } from "../../hosts/testing/python.js";
import type { RoundPart } from "../../record/calls.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { alone } from "../../schedule/running-load.js";
import { rowsOf } from "../../schedule/testing/rows.js";
import { startChildClient } from "./child-client.js";
import type { ClientStart } from "./client.js";
import { type ClientCommand, pythonCommand } from "./client-command.js";

const python = await findPythonForTests();
const never = new AbortController().signal;
const place = { pair: 0, block: 0 };

/** A server on a free port that does what the test says. */
async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One that answers rightly, so long after a call. */
function listenSlowly(delayMs: number): Promise<string> {
  return listen(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    setTimeout(() => response.end(JSON.stringify({ value: JSON.parse(body).value + 1 })), delayMs);
  });
}

function startOf(arm: string, restUrl: string | null, options: Partial<ClientStart> = {}): ClientStart {
  return {
    ...{ work: "increment", input: null, size: null, timeoutMs: 60_000, failuresInARow: 5, share: alone },
    originNs: process.hrtime.bigint().toString(),
    arms: [{ name: arm, arm, callers: 1, endpoints: { restUrl, grpcAddress: null } }],
    ...options,
  };
}

/** A client process with that one arm. */
async function startClient(start: ClientStart, command?: ClientCommand) {
  const client = await startChildClient(start, {
    command: command ?? (await pythonCommand()),
    processor: null,
  });
  onTestFinished(() => client.stop());
  return client;
}

describe.skipIf(python === null)("a client process of Python", () => {
  it("hands on the calls of a long round while it goes on", async () => {
    const url = await listenSlowly(40);
    const client = await startClient(startOf("requests-session", url));
    const parts: RoundPart[] = [];
    await client.run({ arm: "requests-session", ...place, calls: 20 }, (part) => parts.push(part), never);
    // 800 ms at least, a part every 250.
    expect(parts.length).toBeGreaterThanOrEqual(3);
    expect(rowsOf(parts).map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it("gives up a call whose answer trickles in, though no read of it takes long", async () => {
    const url = await listen((_, response) => {
      const trickle = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(trickle));
    });
    for (const arm of ["requests", "httpx"]) {
      const client = await startClient(startOf(arm, url, { timeoutMs: 200 }));
      const parts: RoundPart[] = [];
      const { end } = await client.run({ arm, ...place, calls: 9 }, (part) => parts.push(part), never);
      expect([end.status, rowsOf(parts).map(({ error }) => error)]).toEqual([
        "gave-up",
        Array.from({ length: 5 }, () => "TIMEOUT"),
      ]);
    }
  });

  it("ends a round that is interrupted in the same breath as it is asked for", async () => {
    const client = await startClient(startOf("httpx", await listenSlowly(0)));
    const parts: RoundPart[] = [];
    const round = { arm: "httpx", ...place, calls: 1_000_000 };
    const { end } = await client.run(round, (part) => parts.push(part), AbortSignal.abort());
    expect(end).toEqual({ status: "interrupted" });
    expect(rowsOf(parts).length).toBeLessThan(1_000_000);
    // Of the next one nothing is interrupted.
    const next = await client.run({ ...round, calls: 3 }, () => {}, never);
    expect(next.end).toEqual({ status: "finished" });
  });

  it("that is killed is told of", async () => {
    const client = await startClient(startOf("httpx", await listen(() => {})));
    const running = client.run({ arm: "httpx", ...place, calls: 1 }, () => {}, never);
    process.kill(client.pids[0] as number, "SIGKILL");
    await expect(running).rejects.toThrow(/client process failed: it ended with SIGKILL/);
  });

  it("that cannot start says why, in its last words", async () => {
    const { command, cwd } = await pythonCommand();
    const missing: ClientCommand = { command: [command[0], "-m", "no_such_client"], cwd };
    await expect(startClient(startOf("httpx", null), missing)).rejects.toThrow(
      /exit code 1.*no_such_client/s,
    );
  });

  it("refuses loads, users and arms that it has not, in a sentence", async () => {
    const start = startOf("httpx", await listenSlowly(0));
    const users = (await startClient(start)).openUsers({ arm: "httpx", users: 2 });
    await expect(users).rejects.toThrow(/makes chains only: take one of Locust's arms/);
    const asked = {
      ...{ arm: "httpx", ...place, beginMs: 0, seed: 1, mostCalls: null, mostFailures: null },
      load: closedLoad({ users: 1, runTimeMs: 1000 }),
    };
    const load = (await startClient(start)).run(asked, () => {}, never);
    await expect(load).rejects.toThrow(/makes chains only/);
    const round = { arm: "requests", ...place, calls: 1 };
    await expect((await startClient(start)).run(round, () => {}, never)).rejects.toThrow(
      /was not started with "requests"/,
    );
    await expect(startClient(startOf("curl", null))).rejects.toThrow(/has no arm "curl"/);
  });

  it("lets nothing of a user's environment into a call", async () => {
    const seen: (string | undefined)[] = [];
    const url = await listen(async (request, response) => {
      seen.push(request.headers.authorization);
      response.end('{"value":1}');
    });
    const home = mkdtempSync(join(tmpdir(), "wirelab-home-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    writeFileSync(join(home, ".netrc"), "default login me password secret\n", { mode: 0o600 });
    const { command, cwd } = await pythonCommand();
    const proxies = ["http_proxy", "HTTP_PROXY", "all_proxy"].map((name) => `${name}=http://127.0.0.1:9`);
    const withEnvironment: ClientCommand = {
      command: ["env", `HOME=${home}`, "PYTHONSTARTUP=/none", "PYTHONPATH=/none", ...proxies, ...command],
      cwd,
    };
    for (const arm of ["requests", "requests-session", "httpx"]) {
      const client = await startClient(startOf(arm, url), withEnvironment);
      const parts: RoundPart[] = [];
      await client.run({ arm, ...place, calls: 1 }, (part) => parts.push(part), never);
      expect(rowsOf(parts).map(({ error }) => error)).toEqual([""]);
    }
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it("ends with its parent, even in the middle of a call and though that is killed", async () => {
    let called = () => {};
    const arrived = new Promise<void>((resolve) => {
      called = resolve;
    });
    const url = await listen(() => called());
    const { command, cwd } = await pythonCommand();
    const commands = [
      { do: "start", ...startOf("requests", url) },
      { do: "run", arm: "requests", ...place, calls: 1 },
    ];
    const script = `
      const [command, cwd, input] = ${JSON.stringify([command, cwd, commands.map((one) => `${JSON.stringify(one)}\n`).join("")])};
      const stdio = ["pipe", "inherit", "inherit"];
      require("node:child_process").spawn(command[0], command.slice(1), { cwd, stdio, detached: true }).stdin.write(input);
    `;
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void parent.kill("SIGKILL"));
    parent.stdout.resume();
    await arrived;
    parent.kill("SIGKILL");
    // The client has the pipe's other end, so it is closed when the client has ended.
    await once(parent.stdout, "close");
  });
});
