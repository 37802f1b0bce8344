import type { WireBytes } from "../arms/wire.js";
import type { RoundPart } from "../record/calls.js";
import type { Client, LoadReport, RoundReport, RoundRequest } from "./client.js";

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

  async run(
    round: RoundRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    const reports: RoundReport[] = [];
    if ("load" in round) {
      reports.push(...(await Promise.all(this.clients.map((client) => client.run(round, onPart, signal)))));
    } else {
      for (const client of this.clients) reports.push(await client.run(round, onPart, signal));
    }
    return mergeReports(reports);
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop()));
  }
}

/** What all of them did: the first that did not finish says how it ended. */
export function mergeReports(reports: readonly RoundReport[]): RoundReport {
  const loads = reports.flatMap(({ load }) => (load === null ? [] : [load]));
  const end = reports.find((report) => report.end.status !== "finished")?.end ?? { status: "finished" };
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
  return {
    usersStarted: loads.reduce((sum, { usersStarted }) => sum + usersStarted, 0),
    notSent: loads.reduce((sum, { notSent }) => sum + notSent, 0),
    // The busiest is the one that may hold the load back.
    loopUse: Array.from({ length: seconds }, (_, second) =>
      Math.max(...loads.map(({ loopUse }) => loopUse[second] ?? 0)),
    ),
  };
}
