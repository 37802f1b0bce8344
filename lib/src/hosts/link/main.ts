import { createRandom } from "../../stats/random.js";
import type { Surroundings } from "./direction.js";
import { pingEcho, startEcho } from "./echo.js";
import type { LinkMessage, LinkRequest, LinkStart } from "./messages.js";
import type { LinkParameters } from "./parameters.js";
import { startRelay, type Target } from "./relay.js";
import { Timetable } from "./timetable.js";

/** A link's process: carries connections until its IPC channel closes. */
const { targets, link, seed } = JSON.parse(process.argv[2] as string) as LinkStart;
const timetable = new Timetable();
const random = createRandom(seed);

process.on("disconnect", () => process.exit(0));

start().catch((error: unknown) => {
  say({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});

async function start(): Promise<void> {
  const echo = await startEcho();
  const echoTarget = { host: "127.0.0.1", port: echo.port };
  await calibrate(echoTarget);
  // One line each way, whatever the protocol.
  const path = shared(link);
  const [rest, grpc, ping] = await Promise.all(
    [targets.rest, targets.grpc, echoTarget].map((target) => startRelay(target, path)),
  );
  if (rest === undefined || grpc === undefined || ping === undefined)
    throw new Error("three relays were started");
  process.on("message", async (request: LinkRequest) => {
    say({
      type: "pinged",
      tookMs: await pingEcho({ host: "127.0.0.1", port: ping.port }, request.count),
    });
  });
  say({ type: "listening", restPort: rest.port, grpcPort: grpc.port });
}

/** Short enough that many pings take little time. */
const firstRoundTripMs = 2;

/** How long the pings at the link's own round trip may take in all. */
const calibrationMs = 500;

/**
 * Pings a path of a known round trip, and has everything done earlier by what it was late: first over a short one, which
 * also warms the code, then over one as long as the link, since a processor that has rested longer wakes later.
 */
async function calibrate(echo: Target): Promise<void> {
  const { roundTripMs } = link;
  for (const count of [20, 30]) await correct(echo, firstRoundTripMs, count);
  if (roundTripMs === 0) return;
  const count = Math.min(40, Math.max(5, Math.round(calibrationMs / 2 / roundTripMs)));
  for (let i = 0; i < 2; i++) await correct(echo, roundTripMs, count);
}

async function correct(echo: Target, roundTripMs: number, count: number): Promise<void> {
  const plain = { roundTripMs, jitterMs: 0, bandwidthMbps: null, slowStart: false, stalls: null };
  const { server, port } = await startRelay(echo, shared(plain));
  const tookMs = await pingEcho({ host: "127.0.0.1", port }, count);
  server.close();
  const medianMs = tookMs.sort((a, b) => a - b)[Math.floor(count / 2)] as number;
  timetable.earlyMs = Math.max(0, timetable.earlyMs + (medianMs - roundTripMs) / 2);
}

function shared(parameters: LinkParameters) {
  return { link: parameters, up: surroundings(), down: surroundings() };
}

function surroundings(): Surroundings {
  return {
    at: (dueMs, action) => timetable.at(dueMs, action),
    random: () => random.next(),
    line: { freeAtMs: 0 },
  };
}

function say(message: LinkMessage): void {
  process.send?.(message);
}
