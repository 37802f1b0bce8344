import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { startFaultyServers } from "../../hosts/testing/faulty-servers.js";
import type { RoundPart } from "../../record/calls.js";
import { FrameReader } from "../../record/log/frame.js";
import { decodeRoundPart } from "../../record/log/round-part.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { alone } from "../../schedule/running-load.js";
import { rowsOf } from "../../schedule/testing/rows.js";
import type { Command, Reply } from "./client-protocol.js";

const clientMain = fileURLToPath(new URL("../../../dist/experiment/clients/client-main.js", import.meta.url));

/** A client process with so few file descriptors, told all commands at once; resolves when its round has ended. */
async function roundOf(arm: string, options: { users: number; mostFiles: number; next?: Command[] }) {
  const servers = await startFaultyServers({ fault: "none" });
  const child = spawn(
    "sh",
    ["-c", `ulimit -n ${options.mostFiles} && exec "$0" "$1"`, process.execPath, clientMain],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await servers.close();
  });
  const origin = process.hrtime.bigint();
  const originNs = origin.toString();
  const { endpoints } = servers;
  const send = (...commands: Command[]) =>
    child.stdin.write(commands.map((command) => `${JSON.stringify(command)}\n`).join(""));
  const round = () => ({
    ...{ do: "run" as const, arm, pair: 0, block: 0, seed: 1, mostCalls: null, mostFailures: null },
    beginMs: Number(process.hrtime.bigint() - origin) / 1e6,
    load: closedLoad({ users: options.users, thinkMs: 20, runTimeMs: options.next ? 3_600_000 : 1500 }),
  });
  send(
    {
      ...{ do: "start", work: "increment", input: null, size: null, timeoutMs: 20_000, failuresInARow: 5 },
      ...{ share: alone, originNs, arms: [{ name: arm, arm, callers: 1, endpoints }] },
    },
    { do: "open-users", arm, users: options.users },
  );
  const reader = new FrameReader();
  const parts: RoundPart[] = [];
  for await (const chunk of child.stdout) {
    for (const result of reader.push(chunk as Buffer)) {
      if (result.kind === "damaged") throw new Error(result.reason);
      const reply = result.frame.header as unknown as Reply;
      const decoded = decodeRoundPart(result.frame);
      if (decoded.kind === "part") parts.push(decoded.part);
      if (reply.type === "failed") throw new Error(reply.message);
      if (reply.type === "users-opened") send(round(), ...(options.next ?? []));
      if (reply.type === "round-end") return { end: reply.end, rows: rowsOf(parts) };
    }
  }
  throw new Error("the client ended before its round did");
}

it.each([
  ["rest", "EMFILE"],
  ["grpc-own-connection", "UNAVAILABLE"],
])(
  "out of file descriptors, calls over %s fail with a code, others go on, and nothing hangs",
  async (arm, code) => {
    const { end, rows } = await roundOf(arm, { users: 400, mostFiles: 256 });
    expect(end).toEqual({ status: "finished" });
    const errors = new Set(rows.map(({ error }) => error));
    expect(errors).toEqual(new Set(["", code]));
  },
);

it("ends a round that is interrupted in the same breath as it is asked for", async () => {
  const { end, rows } = await roundOf("rest", { users: 2, mostFiles: 1000, next: [{ do: "interrupt" }] });
  expect([end, rows]).toEqual([{ status: "interrupted" }, []]);
});
