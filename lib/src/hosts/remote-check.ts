import { Client, type ServiceError, status } from "@grpc/grpc-js";
import { healthService } from "@wirelab/servers";
import { Agent, request } from "undici";
import { because, type Check, silence } from "./check.js";
import { checkHandshake, type HandshakeOptions, speaksTls } from "./handshake.js";
import { channelCredentials, connectorOptions, nameOptions, type Trust } from "./trust.js";

/** A half of a server and how to call it. */
export interface CheckOptions extends HandshakeOptions {
  /** The URL, or host and port. */
  readonly address: string;
  /** There where it is to be encrypted. */
  readonly trust?: Trust;
}

/** Asks `GET /healthz`, and takes a server that has no such route for one that answers. */
export function checkRest(options: CheckOptions): Promise<Check> {
  return checkEncryption(options, () => askRest(options));
}

/** Asks the health service; a gRPC server that has none, or doesn't know the name "", answers as well. */
export function checkGrpc(options: CheckOptions): Promise<Check> {
  return checkEncryption(options, () => askGrpc(options));
}

/** A handshake by itself says why it fails, which undici and grpc-js hardly do. */
async function checkEncryption(options: CheckOptions, ask: () => Promise<Check>): Promise<Check> {
  const { trust } = options;
  if (trust !== undefined) {
    const shaken = await checkHandshake(options, trust);
    return shaken.ok ? ask() : shaken;
  }
  const answer = await ask();
  if (answer.ok || !(await speaksTls(options))) return answer;
  return {
    ok: false,
    reason: "it speaks TLS",
    advice: "call it so (https://, with --ca FILE or tls, which say what to trust)",
  };
}

/** Past every proxy variable, as all calls of the lab. */
async function askRest({ address, timeoutMs, trust }: CheckOptions): Promise<Check> {
  const dispatcher = new Agent({ connect: connectorOptions(trust) });
  try {
    const response = await request(new URL("/healthz", address), {
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body.dump();
    if (response.statusCode === 200 || response.statusCode === 404) return { ok: true };
    return { ok: false, reason: `it answered ${response.statusCode} to GET /healthz` };
  } catch (error) {
    const { name, code, message } = error as { name: string; code?: string; message: string };
    return { ok: false, reason: name === "TimeoutError" ? silence(timeoutMs) : because(code ?? message) };
  } finally {
    await dispatcher.destroy();
  }
}

async function askGrpc({ address, timeoutMs, trust }: CheckOptions): Promise<Check> {
  const { Check: method } = healthService;
  if (method === undefined) throw new Error("grpc-health-check has no Check method");
  const client = new Client(address, channelCredentials(trust), {
    "grpc.enable_http_proxy": 0,
    "grpc.use_local_subchannel_pool": 1,
    ...nameOptions(trust),
  });
  const answer = await new Promise<Check>((resolve) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      { service: "" },
      { deadline: Date.now() + timeoutMs },
      (error: ServiceError | null, value?: object) => resolve(judge(error, value, timeoutMs)),
    );
  });
  client.close();
  return answer;
}

function judge(error: ServiceError | null, value: object | undefined, timeoutMs: number): Check {
  if (error === null) {
    const { status: serving } = value as { status: string };
    return serving === "SERVING" ? { ok: true } : { ok: false, reason: `its health service says ${serving}` };
  }
  if (error.code === status.UNIMPLEMENTED || error.code === status.NOT_FOUND) return { ok: true };
  if (error.code === status.DEADLINE_EXCEEDED) return { ok: false, reason: silence(timeoutMs) };
  return { ok: false, reason: because(error.details) };
}
