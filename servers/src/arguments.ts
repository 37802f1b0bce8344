import { parseArgs } from "node:util";
import type { ServeOptions } from "./serve.js";
import { checkWorks } from "./works.js";

const usage =
  "node main.js --rest-port 5000 --grpc-port 50051 [--host ADDRESS] [--max-message BYTES] [--works NAME,NAME]";

/** The arguments are not understood; the message says which and shows the usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads the standalone server's arguments; throws {@link UsageError}. */
export function parseServeArguments(args: readonly string[]): ServeOptions {
  const values = parse(args);
  return {
    restPort: wholeNumber("--rest-port", values["rest-port"], 65_535),
    grpcPort: wholeNumber("--grpc-port", values["grpc-port"], 65_535),
    host: values.host,
    ...(values["max-message"] !== undefined && {
      // grpc-js counts bytes in an int32.
      maxMessageBytes: wholeNumber("--max-message", values["max-message"], 2 ** 31 - 1),
    }),
    ...(values.works !== undefined && { works: workList(values.works) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        "rest-port": { type: "string", default: "5000" },
        "grpc-port": { type: "string", default: "50051" },
        host: { type: "string", default: "127.0.0.1" },
        "max-message": { type: "string" },
        works: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; usage: ${usage}`);
  }
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new UsageError(`${name} must be a whole number from 0 to ${max}, not "${text}"; usage: ${usage}`);
  }
  return value;
}

function workList(text: string): string[] {
  const names = text.split(",");
  try {
    checkWorks(names);
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\.$/, "")}; usage: ${usage}`);
  }
  return names;
}
