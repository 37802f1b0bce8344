import { allowedProcessors, hasTaskset } from "wirelab/dist/hosts/processor.js";

/** Processors for client and server; null leaves both to the system. */
export interface Processors {
  readonly client: number | null;
  readonly server: number | null;
}

/** A processor each for client and server, where there are two and `taskset` can pin to them; as `measure` does. */
export function chooseProcessors(): Processors {
  const [client, server] = hasTaskset() ? allowedProcessors() : [];
  if (client === undefined || server === undefined) return { client: null, server: null };
  return { client, server };
}

/** What has to be said beside a ratio that was measured without pinning. */
export function pinningText({ client }: Processors): string {
  return client === null ? "; client and server could not be pinned to processors" : "";
}
