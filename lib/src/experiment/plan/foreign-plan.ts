import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import { type HostKind, sharesProcess } from "../../hosts/host.js";
import type { Load } from "../../record/load-info.js";

/** How the calls of an arm are to be made. */
interface Surroundings {
  readonly load: Load | null;
  readonly host: HostKind;
}

interface ForeignChoice {
  readonly name: string;
  readonly arm: string;
  readonly callers: number;
  readonly tls: boolean;
}

/** An arm of another language where it cannot run is a `usage` error that says where it can. */
export function rejectForeign(
  { name, arm, callers, tls }: ForeignChoice,
  { load, host }: Surroundings,
): void {
  const { language } = findArm(arm);
  if (language === "typescript") return;
  const refuse = (why: string) => {
    throw new WirelabError("usage", `${name} (${arm}) ${why}.`);
  };
  if (sharesProcess(host)) {
    refuse(`runs in a process of its own, so it needs host child or remote, not ${host}`);
  }
  if (tls) refuse("calls in the clear: take servers that do not encrypt");
  if (language === "python" && load !== null) {
    refuse("makes one call after another: for a load of Python's clients take one of Locust's arms");
  }
  if (language === "python" && callers > 1) refuse("has one caller: leave out its callers");
  if (language === "locust" && load === null)
    refuse("only makes loads: give a load, or take one of Python's arms");
  if (language === "locust" && load?.kind === "open") {
    refuse("makes closed loads only: Locust has users, and no calls that are due");
  }
}
