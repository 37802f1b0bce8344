import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { healthService } from "@wirelab/servers";
import { Agent, request } from "undici";

/** Whether a half answered, and if not, why, as the end of a sentence. */
export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Asks `GET /healthz`, and takes a server that has no such route for one that answers; past every proxy variable, as all calls of the lab. */
export async function checkRest(restUrl: string, timeoutMs: number): Promise<Check> {
  const dispatcher = new Agent();
  try {
    const response = await request(new URL("/healthz", restUrl), {
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

/** Asks the health service; a gRPC server that has none, or doesn't know the name "", answers as well. */
export async function checkGrpc(grpcAddress: string, timeoutMs: number): Promise<Check> {
  const { Check: method } = healthService;
  if (method === undefined) throw new Error("grpc-health-check has no Check method");
  const client = new Client(grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
    "grpc.use_local_subchannel_pool": 1,
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

const silence = (timeoutMs: number) => `it did not answer within ${timeoutMs} ms`;

function because(cause: string): string {
  if (cause.includes("ECONNREFUSED")) return "nothing listens there";
  if (cause.includes("ENOTFOUND") || cause.includes("EAI_AGAIN")) return "there is no host of that name";
  if (cause.includes("Name resolution failed")) return "there is no host of that name";
  return `it said: ${cause}`;
}
