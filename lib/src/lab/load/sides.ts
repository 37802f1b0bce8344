import { programs } from "../../hosts/program.js";
import type { LoadReport } from "./report.js";

/** Who made the calls and what served them, with versions, in a line. */
export function sides(report: LoadReport): string {
  return `Called by ${engineWords(report)}; served by ${serverWords(report)}.`;
}

function engineWords({ engine, environment, workers }: LoadReport): string {
  const { packages, python } = environment;
  const who =
    engine === "locust"
      ? `${versioned("Locust", python?.packages.locust)} on ${versioned("Python", python?.version)}`
      : `${versioned("wirelab", packages.wirelab)} on ${versioned("Node", environment.node.replace(/^v/, ""))}`;
  return workers === 1 ? who : `${who} in ${workers} worker processes`;
}

function serverWords({ host, servers, environment: { packages, python } }: LoadReport): string {
  if (host === "remote") return "what ran there already";
  const known: Readonly<Record<string, string>> = { ...python?.packages, ...packages };
  const words = servers.map(({ program, protocols, workers }) => {
    const names =
      program === "node"
        ? protocols.map((protocol) => (protocol === "rest" ? "express" : "@grpc/grpc-js"))
        : programs[program].packages;
    const each = names.map((name) => versioned(name, known[name])).join(" and ");
    return workers === 1 ? each : `${each} in ${workers} processes`;
  });
  return [...new Set(words)].join(", ");
}

function versioned(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name} ${version}`;
}
