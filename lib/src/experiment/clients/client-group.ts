import type { WireBytes } from "../../arms/wire.js";
import type { RoundPart } from "../../record/calls.js";
import type { Client, LoadReport, LoadRequest, RoundReport, RoundRequest, UsersRequest } from "./client.js";

/**
 * Several client processes as one: they share a load, each with users and connections of its own. A chain is run by one
 * after another, so that all of them get warm.
 */
export class ClientGroup implements Client {
  readonly pids: readonly number[];
  private readonly clients: readonly Client[];

  constructor(clients: readonly Client[]) {
    this.clients = clients;
    this.pids = clients.flatMap(({ pids }) => pids);
  }

  async openUsers(request: UsersRequest): Promise<void> {
    await Promise.all(this.clients.map((client) => client.openUsers(request)));
  }

  async run(
    round: RoundRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    if ("load" in round) return this.runLoad(round, onPart, signal);
    const reports: RoundReport[] = [];
    for (const client of this.clients) reports.push(await client.run(round, onPart, signal));
    return mergeReports(reports);
  }

  /** A part of a load is another load: one that cannot make its share ends that of the others, who hand on their calls. */
  private async runLoad(
    round: LoadRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    const early = new AbortController();
    const either = AbortSignal.any([signal, early.signal]);
    const ended = await Promise.allSettled(
      this.clients.map(async (client) => {
        try {
          const report = await client.run(round, onPart, either);
          if (report.end.status === "gave-up") early.abort();
          return report;
        } catch (error) {
          early.abort();
          throw error;
        }
      }),
    );
    const failed = ended.find((each) => each.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return mergeReports(ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])));
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop()));
  }
}

/** What all of them did: one that gave up says why, since the others were then interrupted. */
export function mergeReports(reports: readonly RoundReport[]): RoundReport {
  const loads = reports.flatMap(({ load }) => (load === null ? [] : [load]));
  const ends = reports.map(({ end }) => end);
  const end =
    ends.find(({ status }) => status === "gave-up") ??
    ends.find(({ status }) => status === "interrupted") ??
    ({ status: "finished" } as const);
  const wires = reports.flatMap(({ wire }) => (wire === null ? [] : [wire]));
  return {
    end,
    load: loads.length === 0 ? null : mergeLoads(loads),
    wire: wires.length === 0 ? null : mergeWires(wires),
  };
}

function mergeWires(wires: readonly WireBytes[]): WireBytes {
  return {
    sentBytes: wires.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    receivedBytes: wires.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
  };
}

function mergeLoads(loads: readonly LoadReport[]): LoadReport {
  const seconds = Math.max(...loads.map(({ loopUse }) => loopUse.length));
  const taking = loads.filter(({ usersStarted }) => usersStarted > 0);
  return {
    usersStarted: loads.reduce((sum, { usersStarted }) => sum + usersStarted, 0),
    // With one client less it is another load; one that had no share of it was never there.
    overMs: Math.min(...(taking.length > 0 ? taking : loads).map(({ overMs }) => overMs)),
    notSent: loads.reduce((sum, { notSent }) => sum + notSent, 0),
    // The busiest is the one that may hold the load back.
    loopUse: Array.from({ length: seconds }, (_, second) =>
      Math.max(...loads.map(({ loopUse }) => loopUse[second] ?? 0)),
    ),
  };
}
