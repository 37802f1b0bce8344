import { parseArgs } from "node:util";
import { checkProtocols } from "./protocols.js";
import type { ServeOptions } from "./serve.js";
import { tlsOption } from "./tls/tls-option.js";
import { checkWorks } from "./works.js";
import { WrongOption } from "./wrong-option.js";

const usage =
  "node main.js --rest-port 5000 --grpc-port 50051 [--host ADDRESS] [--max-message BYTES] [--grpc-window BYTES] [--works NAME,NAME] [--protocols rest,grpc] [--workers COUNT] [--tls [--tls-ca-out FILE] | --tls-cert FILE --tls-key FILE]";

/** Each is a process of some 60 MiB. */
const mostWorkers = 256;

/** The arguments are not understood; the message says which and shows the usage. */
export class UsageError extends WrongOption {}

/** Servers, and how many processes share their ports. */
export interface StandaloneOptions extends ServeOptions {
  readonly workers: number;
}

/** Reads the standalone server's arguments; throws {@link UsageError}. */
export function parseServeArguments(args: readonly string[]): StandaloneOptions {
  const values = parse(args);
  return {
    restPort: wholeNumber("--rest-port", values["rest-port"], 65_535),
    grpcPort: wholeNumber("--grpc-port", values["grpc-port"], 65_535),
    host: values.host,
    workers: wholeNumber("--workers", values.workers, mostWorkers, 1),
    ...(values["max-message"] !== undefined && {
      // grpc-js counts bytes in an int32.
      maxMessageBytes: wholeNumber("--max-message", values["max-message"], 2 ** 31 - 1),
    }),
    ...(values["grpc-window"] !== undefined && {
      // HTTP/2's largest (RFC 9113, 6.9.1), and its default.
      windowBytes: wholeNumber("--grpc-window", values["grpc-window"], 2 ** 31 - 1, 65_535),
    }),
    ...(values.works !== undefined && { works: list(values.works, checkWorks) }),
    ...(values.protocols !== undefined && { protocols: list(values.protocols, checkProtocols) }),
    ...tlsOption({
      tls: values.tls,
      certFile: values["tls-cert"],
      keyFile: values["tls-key"],
      caOutFile: values["tls-ca-out"],
    }),
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
        "grpc-window": { type: "string" },
        works: { type: "string" },
        protocols: { type: "string" },
        workers: { type: "string", default: "1" },
        tls: { type: "boolean" },
        "tls-cert": { type: "string" },
        "tls-key": { type: "string" },
        "tls-ca-out": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; usage: ${usage}`);
  }
}

function wholeNumber(name: string, text: string, max: number, min = 0): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(
      `${name} must be a whole number from ${min} to ${max}, not "${text}"; usage: ${usage}`,
    );
  }
  return value;
}

/** The names in a list with commas between, as far as `check` takes them. */
function list<Names>(text: string, check: (names: readonly string[]) => Names): Names {
  try {
    return check(text === "" ? [] : text.split(","));
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\.$/, "")}; usage: ${usage}`);
  }
}
