import { incrementerService } from "@wirelab/servers/dist/contracts.js";
import { increment } from "@wirelab/servers/dist/work/increment.js";
import type { Workload } from "../workload.js";

/** Adds one to a number and sends the answer back in: post 003's chain. */
export const incrementWorkload: Workload<number, number> = {
  name: "increment",
  first: 0,
  next: (output) => output,
  isRight: (input, output) => output === input + 1,
  say: String,
  run: increment,
  bytes: {
    sizeBytes: 4,
    make: (input) => {
      const bytes = Buffer.allocUnsafe(4);
      bytes.writeInt32BE(input);
      return bytes;
    },
    read: (answer) => answer.readInt32BE(),
  },
  rest: {
    path: "/increment",
    body: { contentType: "application/json", make: (input) => `{"value":${input}}` },
    read: (json) => {
      const value = (json as { value?: unknown } | null)?.value;
      return typeof value === "number" ? value : null;
    },
  },
  grpc: {
    service: incrementerService,
    unary: "Increment",
    stream: { method: "IncrementStream", matching: "id" },
    message: (id, value) => ({ id, value }),
    read: (message) => {
      const { id, value } = message as { id: number; value: number };
      return { id, output: value };
    },
  },
};
