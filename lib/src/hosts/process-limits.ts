import { readFileSync } from "node:fs";

/** Open files that this process may have, and the processes that it starts; null where the system does not say. */
export function openFilesLimit(): number | "unlimited" | null {
  const report = process.report?.getReport() as
    | { userLimits?: { open_files?: { soft?: unknown } } }
    | undefined;
  const soft = report?.userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : soft === "unlimited" ? "unlimited" : null;
}

/** Ports that connections to one address can leave from at once (ip(7), ip_local_port_range); null where it is not said. */
export function localPortsLimit(path = "/proc/sys/net/ipv4/ip_local_port_range"): number | null {
  try {
    const [first, last] = readFileSync(path, "utf8").trim().split(/\s+/).map(Number) as [number, number];
    return last - first + 1;
  } catch {
    return null;
  }
}
