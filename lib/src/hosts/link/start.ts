import { WirelabError } from "../../errors.js";
import { defaultStartTimeoutMs } from "../first-message.js";
import { type BothEndpoints, type Endpoints, type ServerDeath, unbracketed } from "../host.js";
import { type Calibration, calibrate } from "./calibrate.js";
import { forkLink, type LinkProcess } from "./link-process.js";
import type { Door, ShapeRequest } from "./messages.js";
import { type LinkOptions, type Shape, shapeOf } from "./options.js";
import { pingPort } from "./ping.js";

/** A running link: a model of a path between client and server, in a process of its own. */
export interface Link<Served extends Endpoints = Endpoints> {
  /** Where clients reach the targets through the link. */
  readonly endpoints: Served;
  /** What the path does, with nothing left out. */
  readonly options: Shape;
  readonly calibration: Calibration;
  readonly pid: number | null;
  /** Settles only if the link ends without `stop()`. */
  readonly died: Promise<ServerDeath>;
  /** Round trips of one byte through the link to its own echo, one after another on a new connection, in ms. */
  ping(count: number): Promise<Float64Array>;
  /** Ends the link and its connections and frees its ports; safe to call twice. */
  stop(): Promise<void>;
}

/** How long a link may take to change its path, which takes it no time. */
const answerTimeoutMs = 10_000;

/**
 * Puts a path between clients and servers: a round trip with its handshake, and on request jitter, bandwidth, slow start
 * and stalls. It is a model in user space, a TCP proxy on loopback: what it leaves out (real loss, congestion by others,
 * the kernel's receive windows, connect() itself, which still returns at once: the round trip that it should have taken
 * is before the first bytes) a real path has. Takes a second or two, as it calibrates itself by its own echo.
 *
 * Rejects with a `WirelabError`, and then leaves nothing running: `usage`, `port-in-use`, `server-failed`. A target that
 * doesn't listen is no error: connections to it are reset.
 *
 * @example
 * const host = await startHost("child");
 * const link = await startLink({ targets: host.endpoints, roundTripMs: 35.594 });
 * console.log(link.endpoints.restUrl, link.calibration.measuredMs);
 * await link.stop();
 */
export async function startLink(
  options: LinkOptions & { readonly targets: BothEndpoints },
): Promise<Link<BothEndpoints>>;
export async function startLink(options: LinkOptions): Promise<Link>;
export async function startLink(options: LinkOptions): Promise<Link> {
  const shape = shapeOf(options);
  const { restUrl, grpcAddress, tls } = options.targets;
  const { restPort = 0, grpcPort = 0 } = options;
  const rest = restUrl === null ? null : restEntrance(restUrl, restPort);
  const grpc = grpcAddress === null ? null : grpcEntrance(grpcAddress, grpcPort);
  const entrances = [echoEntrance, rest, grpc].filter((entrance) => entrance !== null);
  const process = forkLink({ doors: entrances.map(({ door }) => door) }, options.processor ?? null);
  try {
    const message = await process.next(options.startTimeoutMs ?? defaultStartTimeoutMs);
    if (message.type !== "listening")
      throw new WirelabError("server-failed", "The link answered out of turn.");
    const { ports } = message;
    const addressOf = (entrance: Entrance) => entrance.address(ports[entrances.indexOf(entrance)] ?? 0);
    const linkPort = Number(addressOf(echoEntrance));
    const calibration = await calibrate(
      { directPort: message.echoPort, linkPort, apply: (request) => apply(process, request) },
      shape,
    );
    return {
      endpoints: {
        restUrl: rest && addressOf(rest),
        grpcAddress: grpc && addressOf(grpc),
        ...(tls !== undefined && { tls }),
      },
      options: shape,
      calibration,
      pid: process.pid,
      died: process.died,
      ping: (count) => pingPort(linkPort, count),
      stop: process.stop,
    };
  } catch (error) {
    await process.stop();
    throw error;
  }
}

async function apply(process: LinkProcess, request: ShapeRequest): Promise<void> {
  const answer = process.next(answerTimeoutMs);
  process.ask(request);
  await answer;
}

/** A door, and what clients call it by once its port is known. */
interface Entrance {
  readonly door: Door;
  address(port: number): string;
}

const echoEntrance: Entrance = {
  door: { port: 0, targetHost: "127.0.0.1", targetPort: null },
  address: String,
};

function restEntrance(restUrl: string, port: number): Entrance {
  const url = URL.canParse(restUrl) ? new URL(restUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw badTarget("restUrl", restUrl, "http://127.0.0.1:5000");
  }
  const path = url.pathname === "/" ? "" : url.pathname;
  return {
    door: {
      port,
      targetHost: unbracketed(url.hostname),
      targetPort: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
    },
    address: (at) => `${url.protocol}//127.0.0.1:${at}${path}`,
  };
}

function grpcEntrance(grpcAddress: string, port: number): Entrance {
  const [, host, targetPort] = /^(.+):(\d+)$/.exec(grpcAddress) ?? [];
  if (host === undefined) throw badTarget("grpcAddress", grpcAddress, "127.0.0.1:50051");
  return {
    door: { port, targetHost: unbracketed(host), targetPort: Number(targetPort) },
    address: (at) => `127.0.0.1:${at}`,
  };
}

function badTarget(name: string, value: string, example: string): WirelabError {
  return new WirelabError("usage", `A link's target ${name} must be like ${example}; it is "${value}".`);
}
