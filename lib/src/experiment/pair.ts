import { WirelabError } from "../errors.js";
import type { Endpoints, Host } from "../hosts/host.js";
import { startHost } from "../hosts/start.js";
import type { RoundPart } from "../record/calls.js";
import type { RoundEnd } from "../schedule/round.js";
import { startChildClient } from "./child-client.js";
import type { Client } from "./client.js";
import { LocalClient } from "./local-client.js";
import { type Plan, primeBlock, primeCallers } from "./plan.js";
import { type RoundSummary, summariseRound } from "./rounds.js";

/** What a pair needs besides the plan. */
export interface PairOptions {
  readonly pair: number;
  readonly originNs: string;
  readonly processors: { readonly client: number; readonly server: number } | null;
  readonly onPart: (part: RoundPart) => void;
  readonly onRound: (round: RoundSummary) => void;
  readonly signal: AbortSignal;
}

/** Runs one pair: fresh servers, a fresh client, all blocks; leaves nothing running, however it ends. */
export async function runPair(plan: Plan, options: PairOptions): Promise<"finished" | "interrupted"> {
  const hosts = new Map<number, Host>();
  let client: Client | null = null;
  try {
    const processor = options.processors?.server ?? null;
    for (const number of new Set(plan.arms.map((arm) => arm.server))) {
      hosts.set(number, await startHost(plan.host, { processor }, plan.remote ?? undefined));
    }
    client = await startClient(plan, hosts, options);
    return await runBlocks(plan, hosts, client, options);
  } finally {
    await client?.stop();
    await Promise.all([...hosts.values()].map((host) => host.stop()));
  }
}

function startClient(plan: Plan, hosts: ReadonlyMap<number, Host>, options: PairOptions): Promise<Client> {
  const start = {
    work: plan.work,
    timeoutMs: plan.timeoutMs,
    originNs: options.originNs,
    arms: plan.arms.map(({ name, arm, callers, server }) => ({
      name,
      arm,
      callers,
      endpoints: (hosts.get(server) as Host).endpoints as Endpoints,
    })),
  };
  if (plan.host === "in-process" || plan.host === "worker") return Promise.resolve(new LocalClient(start));
  return startChildClient(start, { processor: options.processors?.client ?? null });
}

async function runBlocks(
  plan: Plan,
  hosts: ReadonlyMap<number, Host>,
  client: Client,
  options: PairOptions,
): Promise<"finished" | "interrupted"> {
  let previous: string | null = null;
  for (const [block, order] of (plan.order[options.pair] ?? []).entries()) {
    for (const name of order) {
      if (options.signal.aborted) return "interrupted";
      const end = await runRound(plan, hosts, client, { ...options, block, name, previous });
      if (end.status === "interrupted") return "interrupted";
      if (end.status === "gave-up") throw new WirelabError("server-failed", end.reason);
      previous = name;
    }
  }
  return "finished";
}

/** How much a round of that block holds. */
function loadOf({ primeCalls, callsPerRound }: Plan, block: number) {
  const primes = primeCalls > 0 && block === primeBlock;
  return primes ? { calls: primeCalls, extraCallers: primeCallers } : { calls: callsPerRound };
}

async function runRound(
  plan: Plan,
  hosts: ReadonlyMap<number, Host>,
  client: Client,
  options: PairOptions & { block: number; name: string; previous: string | null },
): Promise<RoundEnd> {
  const { pair, block, name } = options;
  const choice = plan.arms.find((arm) => arm.name === name) as Plan["arms"][number];
  const host = hosts.get(choice.server) as Host;
  await host.plantDelay(choice.plantedDelayUs);
  const parts: RoundPart[] = [];
  const onPart = (part: RoundPart) => {
    parts.push(part);
    options.onPart(part);
  };
  const place = { arm: name, pair, block };
  const end = await client.run({ ...place, ...loadOf(plan, block) }, onPart, options.signal);
  options.onRound(summariseRound(place, options.previous, parts));
  if (end.status !== "gave-up") return end;
  const death = await Promise.race([host.died, Promise.resolve(null)]);
  if (death === null) return end;
  const words = death.lastWords === "" ? "" : ` Its last words: ${death.lastWords}`;
  return { ...end, reason: `${end.reason}, because the server process ended.${words}` };
}
