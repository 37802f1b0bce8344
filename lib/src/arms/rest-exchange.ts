import type { Client, Dispatcher } from "undici";

/** How an exchange over HTTP ended: with a whole response, or with what broke it. */
export type Exchange = (
  | { readonly kind: "response"; readonly body: Buffer }
  | { readonly kind: "failed"; readonly error: unknown }
) & {
  /** HTTP status; -1 when no head of a response came. */
  readonly status: number;
  /** `performance.now()` when that head had come; NaN when none did. */
  readonly firstByteAt: number;
};

/**
 * Sends one request and waits for its whole response; never rejects. By undici's `dispatch`, which its `request` is
 * built on: the stream that `request` makes of every body would be a good part of a fast call.
 */
export function exchange(client: Client, request: Dispatcher.DispatchOptions): Promise<Exchange> {
  return new Promise((resolve) => {
    client.dispatch(request, new ResponseReader(resolve));
  });
}

class ResponseReader implements Dispatcher.DispatchHandler {
  private status = -1;
  private firstByteAt = Number.NaN;
  private readonly chunks: Buffer[] = [];
  private readonly onEnd: (exchange: Exchange) => void;

  constructor(onEnd: (exchange: Exchange) => void) {
    this.onEnd = onEnd;
  }

  /** undici takes a handler without this method for one of its older kind. */
  onRequestStart(): void {}

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.status = status;
    this.firstByteAt = performance.now();
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const { status, firstByteAt, chunks } = this;
    const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    this.onEnd({ kind: "response", status, firstByteAt, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const { status, firstByteAt } = this;
    this.onEnd({ kind: "failed", status, firstByteAt, error });
  }
}
