import { createInterface } from "node:readline";
import type { RoundPart } from "../../record/calls.js";
import { encodeFrame } from "../../record/log/frame.js";
import { encodeRoundPart } from "../../record/log/round-part.js";
import type { Command, Reply } from "./client-protocol.js";
import { LocalClient } from "./local-client.js";

/** A client process: obeys the commands on its standard input, ends when that closes. */
let client: LocalClient | null = null;
let interrupt = new AbortController();
let queue = Promise.resolve();

createInterface({ input: process.stdin })
  .on("line", (line) => take(JSON.parse(line) as Command))
  // The driver is gone, even if it was killed: nothing may stay behind.
  .on("close", () => process.exit(0));

function take(command: Command): void {
  if (command.do === "interrupt") {
    interrupt.abort();
  } else if (command.do === "stop") {
    process.exit(0);
  } else {
    // Of its own from here on: an interrupt may come before its turn.
    interrupt = new AbortController();
    const { signal } = interrupt;
    queue = queue.then(() => obey(command, signal)).catch(fail);
  }
}

async function obey(command: Command, signal: AbortSignal): Promise<void> {
  if (command.do === "start") {
    client = new LocalClient(command);
    reply({ type: "started" });
  } else if (command.do === "open-users" && client !== null) {
    await client.openUsers(command);
    reply({ type: "users-opened" });
  } else if (command.do === "run" && client !== null) {
    reply({ type: "round-end", ...(await client.run(command, sendPart, signal)) });
  }
}

function sendPart(part: RoundPart): void {
  process.stdout.write(encodeRoundPart(part));
}

function reply(header: Reply): void {
  process.stdout.write(encodeFrame({ ...header }));
}

function fail(error: unknown): void {
  reply({ type: "failed", message: redacted(error instanceof Error ? error.message : String(error)) });
}

// What it would say by itself on standard error is kept with the run.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${redacted(error.stack ?? String(error))}\n`, () => process.exit(1));
});

function redacted(text: string): string {
  return client === null ? text : client.redact(text);
}
