import { instantsHeader } from "@wirelab/servers/dist/instants.js";
import type { ArmOptions, CallingArm, OwnArm } from "../arm.js";
import { CallWatch, watchedArm } from "../call-watch.js";
import { parseJson } from "./http-caller.js";
import { restArm, restNewConnectionArm } from "./rest.js";

/** REST as `rest`, with the instants of each call noted. */
export const restWatchedArm = watchedArm(restArm, (options) => open(restArm, options));

/** The same of `rest-new-connection`. */
export const restNewConnectionWatchedArm = watchedArm(restNewConnectionArm, (options) =>
  open(restNewConnectionArm, options),
);

/** What undici tells of a request (its DiagnosticsChannel.md), as far as it is used here. */
interface RequestMessage {
  readonly request: { addHeader(name: string, value: string): void };
  readonly response: { readonly headers: readonly Buffer[] };
}

/**
 * `sendHeaders` comes right before the first byte is written to the socket, on which the system has it within the same tick;
 * `trailers` when the last byte of the answer was parsed.
 */
class RestWatch extends CallWatch {
  protected readonly listeners = {
    "undici:request:create": (message: unknown) => {
      (message as RequestMessage).request.addHeader(instantsHeader, "1");
    },
    "undici:client:beforeConnect": () => this.mark("connectFrom"),
    "undici:client:connected": () => this.mark("connectTo"),
    "undici:client:sendHeaders": () => this.mark("sentAt"),
    "undici:request:headers": (message: unknown) => {
      const { headers } = (message as RequestMessage).response;
      const name = headers.findIndex((text, i) => i % 2 === 0 && text.toString("latin1") === instantsHeader);
      if (name !== -1) this.noteHandler(headers[name + 1]?.toString("latin1") ?? "");
    },
    "undici:request:trailers": () => this.mark("receivedAt"),
  };
}

function open<Input, Output>(arm: OwnArm, options: ArmOptions<Input, Output>): CallingArm<Input, Output> {
  const watch = new RestWatch();
  const { workload } = options;
  const { rest } = workload;
  const { contentType, make } = rest.body;
  const body = {
    contentType,
    make: (input: Input) =>
      watch.time("serialise", () => {
        const made = make(input);
        return typeof made === "string" ? Buffer.from(made) : made;
      }),
    read: (answer: Buffer) => watch.time("deserialise", () => rest.read(parseJson(answer.toString()))),
  };
  const opened = arm.open({ ...options, workload: { ...workload, rest: { ...rest, body } } });
  return watch.watched(opened as CallingArm<Input, Output>);
}
