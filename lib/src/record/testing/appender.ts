import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const built = new URL("../../../dist/record/", import.meta.url).href;

// Says the number of a part only after it was appended, so what was said must be in the log, whatever happens then.
const program = `
  const { openLog } = await import("${built}log/log.js");
  const { RoundBuffer } = await import("${built}log/round-buffer.js");
  const { encodeRoundPart } = await import("${built}log/round-part.js");
  const log = openLog(process.argv[1]);
  const buffer = new RoundBuffer();
  for (let block = 0; block < 65536; block++) {
    for (let call = 0; call < 50; call++) {
      buffer.push(call, 0, block, block + 0.25, 0.1, NaN, NaN, 1, true, 200, "", 11, 12, 0);
    }
    log.append(encodeRoundPart(buffer.take("rest", 0, block)));
    await new Promise((said) => process.stdout.write(block + "\\n", said));
  }
`;

/** Runs a process that appends parts of 50 calls to a log, kills it with -9 after `parts`, and gives how many it had said. */
export async function appendUntilKilled(path: string, parts: number): Promise<number> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once("close", (_code, signal) => resolve(signal)),
  );
  let said = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    said = Number(line) + 1;
    if (said === parts) child.kill("SIGKILL");
  }
  const signal = await ended;
  if (signal !== "SIGKILL") throw new Error(`the appending process ended by itself after ${said} parts`);
  return said;
}
