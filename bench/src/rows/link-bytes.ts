import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { startLink } from "wirelab/dist/hosts/link/start.js";
import type { BytesPorts, BytesRequest } from "../children/link-bytes-server.js";
import { type Range, rangeOf, rangeText } from "../range.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow } from "../row.js";

const leastMbPerS = 250;
const chunk = Buffer.alloc(2 ** 16);

/** Bytes a second over one connection through a link that delays nothing, to the server and back, beside the same past it. */
export async function linkBytesRow(bench: Bench): Promise<BenchRow> {
  const bytes = bench.smoke ? 5e6 : 200e6;
  const count = bench.smoke ? 1 : 10;
  const workerData: BytesRequest = { bytes };
  const server = new Worker(new URL("../../dist/children/link-bytes-server.js", import.meta.url), {
    workerData,
  });
  try {
    const [{ sink, source }] = (await once(server, "message")) as [BytesPorts];
    const targets = { restUrl: `http://127.0.0.1:${sink}`, grpcAddress: `127.0.0.1:${source}` };
    const link = await startLink({ targets, roundTripMs: 0 });
    try {
      const linkSink = Number(new URL(link.endpoints.restUrl).port);
      const linkSource = Number(link.endpoints.grpcAddress.split(":").at(-1));
      const { results, cut } = await repeat(bench, {
        count,
        phase: (done) => `transfer ${done.length + 1} of ${count}`,
        once: async () => ({
          up: await upMbPerS(linkSink, bytes),
          down: await downMbPerS(linkSource, bytes),
          directUp: await upMbPerS(sink, bytes),
          directDown: await downMbPerS(source, bytes),
        }),
      });
      const range = (of: keyof (typeof results)[number]) => rangeOf(results.map((one) => one[of]));
      const [up, down] = [range("up"), range("down")];
      return {
        what: "bytes through an idle link, each way",
        bound: `≥ ${leastMbPerS} MB/s`,
        said: `${both(up, down)}; past it ${both(range("directUp"), range("directDown"))}; ${results.length} times ${bytes / 1e6} MB`,
        holds: cut ? null : Math.min(up.median, down.median) >= leastMbPerS,
      };
    } finally {
      await link.stop();
    }
  } finally {
    await server.terminate();
  }
}

function both(up: Range, down: Range): string {
  return `to the server ${rangeText(up, "MB/s", 0)}, back ${rangeText(down, "MB/s", 0)}`;
}

async function upMbPerS(port: number, bytes: number): Promise<number> {
  const { socket, beganAtMs } = await connected(port);
  const answered = once(socket, "end");
  socket.resume();
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!socket.write(chunk.subarray(0, left))) await once(socket, "drain");
  }
  await answered;
  return rateOf(bytes, beganAtMs);
}

async function downMbPerS(port: number, bytes: number): Promise<number> {
  const { socket, beganAtMs } = await connected(port);
  let got = 0;
  socket.on("data", ({ length }) => {
    got += length;
  });
  socket.write("!");
  await once(socket, "end");
  if (got !== bytes) throw new Error(`${got} of ${bytes} bytes came`);
  return rateOf(bytes, beganAtMs);
}

async function connected(port: number): Promise<{ socket: Socket; beganAtMs: number }> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return { socket, beganAtMs: performance.now() };
}

function rateOf(bytes: number, beganAtMs: number): number {
  return bytes / 1e3 / (performance.now() - beganAtMs);
}
