import { payloadService } from "@wirelab/servers/dist/contracts.js";
import { createRandom } from "../../stats/random.js";
import type { Workload, WorkSizes } from "../workload.js";

/** The same data twice: in JSON it is text, in a protobuf message bytes. */
export interface Payload {
  readonly text: string;
  readonly bytes: Buffer;
}

/** Servers take 16 MiB, what stands around the data included: `{"data":""}`, or the head of a field. */
export const payloadSizes = {
  of: "bytes of data",
  least: 0,
  most: 16 * 1024 * 1024 - 16,
  usual: 512 * 1024,
} satisfies WorkSizes;

const { Send } = payloadService;

/**
 * Sends so many bytes and is told how many arrived: post 001's work. The data is made once; every call serialises it, as
 * the generated client and `JSON.stringify` do.
 */
export function payloadWorkload(bytes = payloadSizes.usual): Workload<Payload, number> {
  const payload = makePayload(bytes);
  return {
    name: "payload",
    first: payload,
    next: () => payload,
    isRight: ({ bytes }, size) => size === bytes.byteLength,
    say: (size) => `${size} bytes`,
    rest: {
      path: "/payload",
      body: { contentType: "application/json", make: ({ text }) => JSON.stringify({ data: text }) },
      protobuf: {
        contentType: "application/x-protobuf",
        make: ({ bytes }) => Send.requestSerialize({ data: bytes }),
        read: readAnswer,
      },
      read: (json) => {
        const size = (json as { size?: unknown } | null)?.size;
        return typeof size === "number" ? size : null;
      },
    },
    grpc: {
      service: payloadService,
      unary: "Send",
      message: (_id, { bytes }) => ({ data: bytes }),
      read: (message) => ({ id: 0, output: (message as { size: number }).size }),
    },
  };
}

function readAnswer(body: Buffer): number | null {
  try {
    return Send.responseDeserialize(body).size;
  } catch {
    return null;
  }
}

// A character is a byte and JSON escapes none of them, so that both protocols send the same; and they are random, so that
// whoever compresses on the way gains as little as from real data. 64 of them, to draw without a bias.
const letters = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
const seed = 1;

function makePayload(length: number): Payload {
  const random = createRandom(seed);
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = letters[random.below(letters.length)] as number;
  return { text: bytes.toString("latin1"), bytes };
}
