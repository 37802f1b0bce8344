import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ReflectionService } from "@grpc/reflection";

/** What its methods are made of. */
export const shopProto = fileURLToPath(new URL("protos/shop.proto", import.meta.url));

/** A service that knows nothing of the lab: REST and gRPC, both for who has the token, which they repeat when they refuse. */
export interface Shop {
  readonly restUrl: string;
  readonly target: string;
  /** Requests of REST, as `METHOD /path body`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** How it is started. */
export interface ShopOptions {
  readonly token: string;
  /** By which versions it tells of itself. */
  readonly reflection?: readonly ("v1" | "v1alpha")[];
  /** Calls by gRPC after which it refuses all. */
  readonly tiredAfter?: number;
}

interface Wanted {
  readonly item_number: number;
}

export async function startShop(options: ShopOptions): Promise<Shop> {
  const asked: string[] = [];
  const rest = createServer((request, response) => answer(request, response, options.token, asked));
  rest.listen(0, "127.0.0.1");
  await once(rest, "listening");
  const grpc = grpcServer(options);
  const port = await new Promise<number>((resolve, reject) =>
    grpc.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return {
    restUrl: `http://127.0.0.1:${(rest.address() as AddressInfo).port}`,
    target: `127.0.0.1:${port}`,
    asked,
    close: async () => {
      grpc.forceShutdown();
      rest.closeAllConnections();
      rest.close();
      await once(rest, "close");
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, token: string, asked: string[]) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const path = request.url ?? "";
  asked.push(`${request.method} ${path} ${body}`.trim());
  const { authorization } = request.headers;
  if (authorization !== `Bearer ${token}`) {
    response
      .writeHead(401)
      .end(`who are you, ${authorization} (${Buffer.from(`${authorization}`).toString("base64")})?`);
    return;
  }
  const json = (text: string) => response.writeHead(200, { "content-type": "application/json" }).end(text);
  if (path.startsWith("/items/")) json(`{"item":{"number":${path.slice(7)},"name":"tea"}}`);
  else if (path.startsWith("/echo")) json(body);
  else if (path === "/broken") json('{"item":');
  else if (path === "/moved") response.writeHead(302, { location: "http://192.0.2.1/" }).end();
  else if (path === "/silent") asked.push("left waiting");
  else if (path === "/reset") {
    response.writeHead(200, { "content-length": 100 }).write("begun");
    setImmediate(() => response.destroy());
  } else response.writeHead(404).end("nothing here");
}

function grpcServer({ token, reflection = ["v1", "v1alpha"], tiredAfter = Infinity }: ShopOptions): Server {
  const definition = loadSync(shopProto, { keepCase: true, defaults: true, longs: Number });
  const server = new Server();
  let calls = 0;
  const refusal = (metadata: Metadata) => {
    const [sent] = metadata.get("authorization");
    if (sent !== `Bearer ${token}`) return { code: status.UNAUTHENTICATED, details: `not with ${sent}` };
    return calls++ < tiredAfter ? null : { code: status.INTERNAL, details: `tired of ${sent}` };
  };
  const item = ({ item_number }: Wanted) => ({ item_number, name: "tea" });
  server.addService(definition["shop.Items"] as ServiceDefinition, {
    Get: ({ request, metadata }: ServerUnaryCall<Wanted, object>, done: sendUnaryData<object>) =>
      done(refusal(metadata), item(request)),
    List: (call: ServerWritableStream<Wanted, object>) => {
      const refused = refusal(call.metadata);
      if (refused !== null) {
        call.emit("error", refused);
        return;
      }
      for (let n = 0; n < call.request.item_number; n++) call.write(item({ item_number: n }));
      call.end();
    },
    Sum: (call: ServerReadableStream<Wanted, object>, done: sendUnaryData<object>) => {
      let sum = 0;
      call.on("data", ({ item_number }: Wanted) => {
        sum += item_number;
      });
      call.on("end", () => done(refusal(call.metadata), { sum }));
    },
    Chat: (call: ServerDuplexStream<Wanted, object>) => {
      call.on("data", (wanted: Wanted) => call.write(item(wanted)));
      call.on("end", () => call.end());
    },
    Silent: (call: ServerDuplexStream<Wanted, object>) => {
      const heard: Wanted[] = [];
      call.on("data", (wanted: Wanted) => heard.push(wanted));
      call.on("end", () => {
        for (const wanted of heard) call.write(item(wanted));
        call.end();
      });
    },
  });
  const told = new ReflectionService(definition);
  const only = {
    addService: (service: ServiceDefinition, handlers: Parameters<Server["addService"]>[1]) => {
      const path = Object.values(service)[0]?.path ?? "";
      if (reflection.some((version) => path.startsWith(`/grpc.reflection.${version}.`))) {
        server.addService(service, handlers);
      }
    },
  };
  told.addToServer(only as unknown as Server);
  return server;
}
