/** Bytes that arrive in pieces and are used up from the front; appending costs amortised constant time a byte. */
export class ByteQueue {
  #storage = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  /** The bytes not used up yet: a view that is valid until the next `append`. */
  get bytes(): Uint8Array {
    return this.#storage.subarray(this.#start, this.#end);
  }

  /** Adds a copy of `chunk` at the end. */
  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#storage.length) this.#makeRoom(chunk.length);
    this.#storage.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Uses up `count` bytes from the front. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
    }
  }

  #makeRoom(extra: number): void {
    const kept = this.#end - this.#start;
    const needed = kept + extra;
    // Moving within the storage only when at least half of it is free keeps a long frame from being moved at every chunk.
    const fits = needed <= this.#storage.length / 2;
    const storage = fits ? this.#storage : new Uint8Array(2 ** Math.ceil(Math.log2(Math.max(needed, 1) * 2)));
    storage.set(this.bytes, 0);
    this.#storage = storage;
    this.#start = 0;
    this.#end = kept;
  }
}
