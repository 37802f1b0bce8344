import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../../record/calls.js";
import type { ClosedLoad } from "../../record/load-info.js";
import type {
  ChainRequest,
  Client,
  ClientStart,
  LoadRequest,
  RoundReport,
  RoundRequest,
  UsersRequest,
} from "../clients/client.js";
import { sinceMs } from "../run-clock.js";
import { type BeginLine, Swarm, type SwarmOptions } from "./swarm.js";
import { type LocustWorkers, workersHere } from "./workers.js";

/** What Locust is a client of. */
export interface LocustClientOptions {
  readonly python: string;
  readonly processor: number | null;
  readonly start: Omit<ClientStart, "share">;
  readonly load: ClosedLoad;
  /** Who makes its loads; rounds of so many calls are made by one process. */
  readonly workers: LocustWorkers;
}

/**
 * Locust as a client: fresh processes of it for every round, by its own command line. They stay until the next round, so
 * that what they have used can be read.
 */
export class LocustClient implements Client {
  private readonly options: LocustClientOptions;
  private swarm: Swarm | null = null;

  constructor(options: LocustClientOptions) {
    this.options = options;
  }

  get pids(): readonly number[] {
    return this.swarm?.pids ?? [];
  }

  async openUsers({ arm }: UsersRequest): Promise<void> {
    const { load, workers } = this.options;
    await this.open(arm, { users: load.users, spawnPerSecond: load.spawnPerSecond, workers });
  }

  async run(
    round: RoundRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    if ("load" in round) return this.opened().run(this.loadLine(round), onPart, signal);
    const users = round.extraCallers ?? 1;
    await this.open(round.arm, { users, spawnPerSecond: null, workers: workersHere(1) });
    const report = await this.opened().run(this.chainLine(round), onPart, signal);
    await this.stop();
    return report;
  }

  async stop(): Promise<void> {
    const { swarm } = this;
    this.swarm = null;
    await swarm?.stop();
  }

  private opened(): Swarm {
    if (this.swarm !== null) return this.swarm;
    throw new WirelabError("usage", "A load needs its users opened before it.");
  }

  private async open(
    name: string,
    users: Pick<SwarmOptions, "users" | "spawnPerSecond" | "workers">,
  ): Promise<void> {
    await this.stop();
    const { start, python, processor } = this.options;
    const arm = start.arms.find((one) => one.name === name);
    if (arm === undefined) throw new WirelabError("usage", `Locust was not started with "${name}".`);
    const { endpoints } = arm;
    const { timeoutMs } = start;
    this.swarm = await Swarm.start({ ...users, arm: arm.arm, endpoints, timeoutMs, python, processor });
  }

  private loadLine({ load, beginMs, seed, mostCalls, mostFailures, ...place }: LoadRequest): BeginLine {
    if (load.kind === "open") throw new WirelabError("usage", "Locust makes closed loads only.");
    return this.line(place, beginMs, {
      think_ms: load.thinkMs,
      seed,
      run_time_ms: load.runTimeMs,
      most_calls: mostCalls,
      most_failures: mostFailures,
      failures_in_a_row: null,
    });
  }

  private chainLine({ calls, extraCallers: _, ...place }: ChainRequest): BeginLine {
    // Times of a round count from its begin, and this one begins at once.
    const beginMs = sinceMs(this.options.start.originNs);
    return this.line(place, beginMs, {
      think_ms: [0, 0],
      seed: 0,
      run_time_ms: null,
      most_calls: calls,
      most_failures: null,
      failures_in_a_row: this.options.start.failuresInARow,
    });
  }

  private line(
    { arm, pair, block }: BeginLine["place"],
    beginMs: number,
    round: Omit<BeginLine["round"], "work" | "size" | "timeout_ms">,
  ): BeginLine {
    const { originNs, work, size, timeoutMs } = this.options.start;
    const place = { arm, pair, block };
    return { beginMs, originNs, place, round: { ...round, work, size, timeout_ms: timeoutMs } };
  }
}
