/**
 * Bytes that arrive in pieces, up to a limit. They are copied together as they come, because a list of pieces costs
 * many times its bytes when a client sends them one by one, and without end when it sends empty ones.
 */
export class GrowingBytes {
  private room = Buffer.alloc(0);
  private length = 0;
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Whether `piece` still fits; when it doesn't, all that was held is let go. */
  append(piece: Buffer): boolean {
    const length = this.length + piece.length;
    if (length > this.maxBytes) {
      this.room = Buffer.alloc(0);
      this.length = 0;
      return false;
    }
    if (length > this.room.length) {
      // Doubled, so that each byte is copied twice at most on average.
      const grown = Buffer.allocUnsafe(Math.min(this.maxBytes, Math.max(length, 2 * this.room.length)));
      this.bytes().copy(grown);
      this.room = grown;
    }
    piece.copy(this.room, this.length);
    this.length = length;
    return true;
  }

  /** All pieces in their order; valid until the next is appended. */
  bytes(): Buffer {
    return this.room.subarray(0, this.length);
  }
}
