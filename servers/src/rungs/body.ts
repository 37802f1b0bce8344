import type { Readable } from "node:stream";

/** Reads a body of at most so many bytes, and tells `onEnd` of it once: null where there are more. */
export function readBody(stream: Readable, mostBytes: number, onEnd: (body: Buffer | null) => void): void {
  let chunks: Buffer[] | null = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    // What comes after too much is passed over, so that the answer can be sent.
    if (chunks === null) return;
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes <= mostBytes) return;
    chunks = null;
    onEnd(null);
  });
  stream.on("end", () => {
    if (chunks === null) return;
    const [only] = chunks;
    onEnd(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
}
