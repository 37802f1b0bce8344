import type { Check } from "./check.js";

/** Whether a server could listen on a port of 127.0.0.1: free, or why not, and by whom it is used where that is known. */
export type PortState =
  | { readonly state: "free" }
  | { readonly state: "used"; readonly by: string | null }
  | { readonly state: "refused"; readonly reason: string };

/** The ports that `wirelab servers` takes unless told otherwise. */
export const defaultPorts = [
  { name: "REST", port: 5000, option: "--rest-port" },
  { name: "gRPC", port: 50_051, option: "--grpc-port" },
] as const;

/** Looks whether the default ports are free. Measurements take any free port, so this matters to other clients only. */
export function checkPorts(portState: (port: number) => Promise<PortState>): Promise<Check[]> {
  return Promise.all(
    defaultPorts.map(async ({ name, port, option }): Promise<Check> => {
      const state = await portState(port);
      const check = { topic: "ports", name: `${port} (${name})` } as const;
      if (state.state === "free") return { ...check, state: "ok", found: "free", advice: null };
      const found =
        state.state === "used" ? `used by ${state.by ?? "another process"}` : `refused: ${state.reason}`;
      const advice = `\`wirelab servers\` needs another port: ${option} 0 takes any free one.`;
      return { ...check, state: "careful", found, advice };
    }),
  );
}
