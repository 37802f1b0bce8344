import { Server, type ServiceDefinition } from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import { packageDefinition } from "./contracts.js";
import { listenGrpc } from "./grpc/listen.js";
import { setWindow } from "./grpc/window.js";
import type { Bind } from "./listen-error.js";
import type { Listening } from "./listening.js";
import { PlantedDelay } from "./planted-delay.js";
import type { GrpcWork } from "./served-work.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import type { Identity } from "./tls/identity.js";
import { loadGrpcWorks } from "./works.js";

/** Loads those works and serves them on `bind`; rejects with a `ListenError`, or with `WrongOption`. */
export async function startGrpc(
  works: readonly string[],
  bind: Bind,
  { identity, ...options }: ServerOptions & { readonly identity: Identity | null },
): Promise<Listening> {
  return listenGrpc(createGrpcServer(await loadGrpcWorks(works), options), bind, identity);
}

/** The gRPC side: grpc-js over `works`, with health and reflection of what is served. */
export function createGrpcServer(
  works: readonly GrpcWork[],
  {
    maxMessageBytes = defaultMaxMessageBytes,
    plantedDelay = new PlantedDelay(),
    windowBytes,
  }: ServerOptions = {},
): Server {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  if (windowBytes !== undefined) setWindow(server, windowBytes);
  for (const { service, handlers } of works) {
    server.addService(service, handlers({ maxMessageBytes, plantedDelay }));
  }
  const names = works.map(({ service }) => nameOf(service));
  // "" stands for the whole server.
  const health = ["", ...names].map((name) => [name, "SERVING" as const]);
  new HealthImplementation(Object.fromEntries(health)).addToServer(server);
  const services = [...names, "grpc.health.v1.Health"];
  new ReflectionService(packageDefinition, { services }).addToServer(server);
  return server;
}

/** Like `increment.Incrementer`: a definition holds its name only in its methods' paths, `/name/Method`. */
function nameOf(service: ServiceDefinition): string {
  const [method] = Object.values(service);
  return method?.path.split("/")[1] ?? "";
}
