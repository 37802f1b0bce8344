import type { Check } from "./check.js";

const proxyVariable = /^(https?|grpc|all|no)_proxy$|^no_grpc_proxy$/i;

/** Names the proxy variables that are set; their values may hold passwords. */
export function checkProxies(environment: NodeJS.ProcessEnv): Check {
  const names = Object.keys(environment).filter((name) => proxyVariable.test(name) && environment[name]);
  const check = { topic: "network", name: "proxy variables" } as const;
  if (names.length === 0) return { ...check, state: "ok", found: "none set", advice: null };
  return {
    ...check,
    state: "careful",
    found: `${names.sort().join(", ")} set`,
    advice: "The lab's clients ignore them; other tools that you compare with may not.",
  };
}

/** Looks where `localhost` leads; `lookup` gives its addresses in the system's order. */
export async function checkLocalhost(lookup: (name: string) => Promise<readonly string[]>): Promise<Check> {
  const addresses = await lookup("localhost").catch((): readonly string[] => []);
  const check = { topic: "network", name: "localhost" } as const;
  const found = addresses.length === 0 ? "leads nowhere" : `leads to ${addresses.join(", then ")}`;
  if (addresses.length === 1 && addresses[0] === "127.0.0.1") {
    return { ...check, state: "ok", found, advice: null };
  }
  return {
    ...check,
    state: "careful",
    found,
    advice: addresses.includes("127.0.0.1")
      ? "A client may try the wrong family first; the lab's servers listen on 127.0.0.1, so write that."
      : "The lab's servers listen on 127.0.0.1, so write that in place of localhost.",
  };
}
