import { Fifo } from "./fifo.js";

/** Bytes in order, cut where the schedule cuts them and never copied. */
export class ByteQueue {
  readonly #chunks = new Fifo<Buffer>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** Takes the first `count` bytes off, as the buffers that they came in. */
  take(count: number): Buffer[] {
    const taken: Buffer[] = [];
    let left = count;
    for (let first = this.#chunks.first; first !== undefined && left > 0; first = this.#chunks.first) {
      if (first.length <= left) {
        this.#chunks.shift();
        taken.push(first);
        left -= first.length;
      } else {
        taken.push(first.subarray(0, left));
        this.#chunks.replaceFirst(first.subarray(left));
        left = 0;
      }
    }
    this.#bytes -= count - left;
    return taken;
  }

  clear(): void {
    this.#chunks.clear();
    this.#bytes = 0;
  }
}
