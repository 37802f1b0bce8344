import { WirelabError } from "../errors.js";
import type { Load } from "../record/load-info.js";
import type { Run } from "../record/run.js";

/** The load of a run; refuses one without a load, or whose load never ended; `what` begins the sentence. */
export function requireLoad({ info }: Run, what: string): Load {
  if (info.load === null) {
    throw new WirelabError(
      "usage",
      `${what} needs a run with a load, and this one made calls one after another: give measure a load.`,
    );
  }
  if (info.loadRounds.length > 0) return info.load;
  throw new WirelabError(
    "usage",
    `${what} needs a load that was carried out, and this run was over before: measure again.`,
  );
}
