import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../../record/calls.js";
import type { Client, RoundReport, RoundRequest, UsersRequest } from "./client.js";

/** Clients of several languages as one: each round goes to the client of its arm. */
export class ClientsByArm implements Client {
  private readonly clients: ReadonlyMap<string, Client>;

  /** The client of each arm, by the arm's name in the run. */
  constructor(clients: ReadonlyMap<string, Client>) {
    this.clients = clients;
  }

  get pids(): readonly number[] {
    return this.each().flatMap(({ pids }) => pids);
  }

  openUsers(request: UsersRequest): Promise<void> {
    return this.of(request.arm).openUsers(request);
  }

  run(round: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundReport> {
    return this.of(round.arm).run(round, onPart, signal);
  }

  async stop(): Promise<void> {
    await Promise.all(this.each().map((client) => client.stop()));
  }

  private each(): readonly Client[] {
    return [...new Set(this.clients.values())];
  }

  /** The client of an arm. */
  of(arm: string): Client {
    const client = this.clients.get(arm);
    if (client !== undefined) return client;
    throw new WirelabError("usage", `No client of this pair was started with "${arm}".`);
  }
}

/** The client that makes an arm's calls, so that what another uses meanwhile is not counted with it. */
export function callerOf(arm: string, client: Client): Client {
  return client instanceof ClientsByArm ? client.of(arm) : client;
}
