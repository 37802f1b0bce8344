import { canonicalJson } from "../canonical-json.js";
import { WirelabError } from "../errors.js";
import { describeOperation } from "../experiment/plan/service-plan.js";
import { quoted } from "../quoted.js";
import type { Run } from "../record/run.js";
import type { Service } from "./service/service.js";

/**
 * Refuses (`usage`) a run of another service than the one that is asked for: one of whose operations that was called is another or is
 * not there, or, where no arms are named, one that did not call all of them.
 */
export function requireService(
  { info, folder }: Run,
  { operations }: Pick<Service, "operations">,
  arms: readonly unknown[] | undefined,
): void {
  if (info.imported !== null) return;
  const called = info.arms.flatMap(({ operation }) => (operation === undefined ? [] : [operation]));
  const names = new Set([...called, ...(arms === undefined ? Object.keys(operations) : [])]);
  for (const name of names) {
    const [asked, found] = [operations[name], info.service?.operations[name]];
    if (asked === undefined) throw another(folder, `${quoted(name)} is not in the service`);
    if (found === undefined || !called.includes(name))
      throw another(folder, `it did not call ${quoted(name)}`);
    if (canonicalJson(describeOperation(asked)) !== canonicalJson(found))
      throw another(folder, `${quoted(name)} was another operation when it was measured`);
  }
}

function another(folder: string | null, why: string): WirelabError {
  return new WirelabError(
    "usage",
    `The run in ${folder} is of another service: ${why}. Give the service it was measured with, or leave source empty to measure.`,
  );
}
