import { WirelabError } from "../errors.js";
import { noEndpoints } from "../hosts/host.js";
import type { RoundPart } from "../record/calls.js";
import { type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";
import type { CountedCalls, RoundInstants, RoundWire } from "../record/run-info.js";
import type { RoundEnd, RoundPlace } from "../schedule/round.js";
import type { ChainRequest, Client } from "./clients/client.js";
import { callerOf } from "./clients/clients-by-arm.js";
import { type CommonStart, startClients } from "./clients/start-clients.js";
import { beginLoad, type LoadPlace, runLoadRound } from "./load-round.js";
import type { LocustMaster } from "./locust/workers.js";
import type { Plan } from "./plan/plan.js";
import { firstCalls, primeBlock, primeCallers } from "./plan/priming.js";
import { armsElsewhere, findOperation } from "./plan/service-plan.js";
import { type RoundSummary, RoundSums } from "./rounds.js";
import {
  type PairServer,
  type PairServers,
  pingLink,
  remotePids,
  startServers,
  stopServers,
} from "./servers.js";
import { readUsage, type UsedInRound, usageOfRound } from "./usage.js";

/** What a pair needs besides the plan. */
export interface PairOptions {
  readonly pair: number;
  readonly originNs: string;
  readonly processors: { readonly client: number; readonly server: number } | null;
  readonly onPart: (part: RoundPart) => void;
  readonly onRound: (round: RoundSummary) => void;
  /** Told what the processes of a round used for it, and why that of the server is not known. */
  readonly onUsage: (used: UsedInRound) => void;
  /** Told what went over an arm's connections in a round. */
  readonly onWire: (wire: RoundWire) => void;
  /** Told when what happened in the calls of a round that was watched. */
  readonly onInstants: (round: RoundInstants) => void;
  /** Told what a load's round was besides its calls. */
  readonly onLoad: (round: LoadRound) => void;
  /** Told of every second of a load as it ends. */
  readonly onSecond: (arm: string, second: LoadSecond) => void;
  /** Told what a server counted itself, after its last call. */
  readonly onCounted: (counted: CountedCalls) => void;
  /** Told the round trip of the pair's link, in ms, before its first call. */
  readonly onPing: (pingMs: number) => void;
  /** Told which processes of this machine are the pair's servers though nobody here has started them, before its first call. */
  readonly onRemotePids: (pids: readonly number[]) => void;
  /** Where Locust's workers join that nobody here starts. */
  readonly locustMaster?: LocustMaster | undefined;
  readonly signal: AbortSignal;
}

/** Runs one pair: fresh servers, a fresh client, all blocks; leaves nothing running, however it ends. */
export async function runPair(plan: Plan, options: PairOptions): Promise<"finished" | "interrupted"> {
  const { pair, processors } = options;
  const servers = new Map<number, PairServer>();
  const starting = startServers(plan, servers, { processor: processors?.server ?? null, pair });
  let client: Client | null = null;
  try {
    client = await startClientsBeside(plan, servers, starting, options);
    options.onRemotePids(remotePids(servers));
    const pingMs = await pingLink(servers);
    if (pingMs !== null) options.onPing(pingMs);
    const end = await runBlocks(plan, servers, client, options);
    if (end === "finished") await countCalls(servers, options);
    return end;
  } finally {
    await client?.stop();
    // A client may have failed before its servers were up; why they failed, if they did, is already thrown.
    await starting.catch(() => {});
    await stopServers(servers);
  }
}

/**
 * Starts the clients beside their servers, which fill `servers` when `starting` resolves: loading takes each about a second,
 * and where they are pinned on different processors.
 */
function startClientsBeside(
  plan: Plan,
  servers: PairServers,
  starting: Promise<void>,
  { pair, originNs, processors, locustMaster }: PairOptions,
): Promise<Client> {
  const start = starting.then(() => commonStart(plan, servers, { pair, originNs }));
  // Where no client can be spawned, nobody waits for it.
  start.catch(() => {});
  return startClients(plan, { pair, start, processor: processors?.client ?? null, locustMaster });
}

function commonStart(
  plan: Plan,
  servers: PairServers,
  { pair, originNs }: { readonly pair: number; readonly originNs: string },
): CommonStart {
  return {
    work: plan.work,
    input: plan.input,
    size: plan.size,
    timeoutMs: plan.timeoutMs,
    failuresInARow: plan.failuresInARow,
    originNs,
    arms: plan.arms.map(({ name, arm, callers, server, operation }) => ({
      name,
      arm,
      ...operationOf(plan, pair, operation),
      // The users of a load have callers of their own.
      callers: plan.load === null ? callers : 1,
      endpoints: servers.get(server)?.endpoints ?? noEndpoints,
    })),
  };
}

function operationOf(
  { service, seed }: Plan,
  pair: number,
  name: string | null,
): Pick<CommonStart["arms"][number], "operation"> {
  if (service === null || name === null) return {};
  return { operation: { name, prepared: findOperation(service, name), seed: seed + pair } };
}

async function runBlocks(
  plan: Plan,
  servers: PairServers,
  client: Client,
  options: PairOptions,
): Promise<"finished" | "interrupted"> {
  let previous: string | null = null;
  for (const [block, order] of (plan.order[options.pair] ?? []).entries()) {
    for (const name of order) {
      if (options.signal.aborted) return "interrupted";
      const end = await runRound(plan, servers, client, { ...options, block, name, previous });
      if (end.status === "interrupted") return "interrupted";
      if (end.status === "gave-up") throw new WirelabError("server-failed", end.reason);
      previous = name;
    }
  }
  return "finished";
}

async function countCalls(servers: PairServers, { pair, onCounted }: PairOptions): Promise<void> {
  for (const [server, { host }] of servers) {
    if (host.count !== undefined) onCounted({ pair, server, calls: await host.count() });
  }
}

/** What is asked for a round of that block. */
function requestOf(plan: Plan, place: RoundPlace, callers: number): ChainRequest | LoadPlace {
  const { primeCalls, callsPerRound, warmupBlocks, load } = plan;
  const { block } = place;
  if (primeCalls > 0 && block === primeBlock) {
    return { ...place, calls: primeCalls, extraCallers: primeCallers };
  }
  if (load !== null) return block < warmupBlocks ? { ...place, calls: firstCalls } : { ...place, load };
  if (primeCalls === 0 || block > primeBlock) return { ...place, calls: callsPerRound };
  // Every caller opens its connection here, or a later block would pay for it.
  return { ...place, calls: Math.min(Math.max(firstCalls, callers), callsPerRound) };
}

/**
 * A pause is for what is measured, not for what primes. Somebody else's machine is asked no faster than was allowed; all arms wait
 * alike, or only some would rest before their calls.
 */
function paceOf(
  { service, arms, pauseMs }: Plan,
  { extraCallers }: ChainRequest,
): Pick<ChainRequest, "leastGapMs" | "pauseMs"> {
  if (pauseMs > 0 && extraCallers === undefined) return { pauseMs };
  if (service === null || armsElsewhere(service, arms).length === 0) return {};
  return { leastGapMs: 1000 / service.bounds.mostPerSecond };
}

async function runRound(
  plan: Plan,
  servers: PairServers,
  client: Client,
  options: PairOptions & { block: number; name: string; previous: string | null },
): Promise<RoundEnd> {
  const { pair, block, name } = options;
  const choice = plan.arms.find((arm) => arm.name === name) as Plan["arms"][number];
  const server = servers.get(choice.server) ?? null;
  await server?.host.plantDelay(choice.plantedDelayUs);
  const place = { arm: name, pair, block };
  const asked = requestOf(plan, place, choice.callers);
  const request =
    "load" in asked
      ? await beginLoad(asked, { client, originNs: options.originNs })
      : { ...asked, ...paceOf(plan, asked) };
  const sums = new RoundSums("load" in request ? request : null);
  const onPart = (part: RoundPart) => {
    sums.add(part);
    options.onPart(part);
  };
  const read = () => server && readUsage(server.host, callerOf(name, client), choice);
  const before = read();
  const ran = await ("load" in request
    ? runLoadRound(request, { plan, client, server, read, ...options, onPart })
    : client.run(request, onPart, options.signal)
  ).catch((error) => {
    options.onRound(sums.summary(place, options.previous, { cutShort: true }));
    throw error;
  });
  const { end, wire, load, instants } = ran;
  const after = read();
  const cutShort = "load" in request && load?.overMs !== runTimeOf(request.load);
  const round = sums.summary(place, options.previous, { cutShort });
  options.onRound(round);
  if (end.status === "finished" && wire !== null) {
    options.onWire({ ...place, calls: round.calls, ...wire });
  }
  if (end.status === "finished" && instants !== undefined) options.onInstants({ ...place, calls: instants });
  if (end.status === "finished" && before !== null && after !== null) {
    options.onUsage(usageOfRound(round, before, after));
  }
  return end.status === "gave-up" && server !== null ? explained(end, server) : end;
}

/** The same end, told with the death of the server or its link where that is what it came from. */
async function explained(
  end: RoundEnd & { status: "gave-up" },
  { host, link }: PairServer,
): Promise<RoundEnd> {
  const died = [
    host.died.then((death) => ({ ...death, who: "server" })),
    ...(link === null ? [] : [link.died.then((death) => ({ ...death, who: "link's" }))]),
  ];
  const death = await Promise.race([...died, later(null)]);
  if (death === null) return end;
  const words = death.lastWords === "" ? "" : ` Its last words: ${death.lastWords}`;
  return { ...end, reason: `${end.reason}, because the ${death.who} process ended.${words}` };
}

/** After what has settled by now has had its say. */
function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => setImmediate(() => resolve(value)));
}
