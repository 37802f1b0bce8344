import { isHeldToAnswer } from "../arms/operation/operation.js";
import type { RunInfo } from "../record/run-info.js";

/**
 * Why it is not known that two arms did the same work, as a sentence; null where it is: the lab's own works answer alike, and of
 * somebody's service either both are held to an answer or somebody says so.
 */
export function doubtSameWork(
  { arms, service }: Pick<RunInfo, "arms" | "service">,
  { first, second }: { readonly first: string; readonly second: string },
): string | null {
  if (service === undefined || service.sameWork) return null;
  const called = [first, second].map((name) => arms.find((arm) => arm.name === name)?.operation ?? name);
  if (called[0] === called[1]) return null;
  const unchecked = called.filter((name) => {
    const operation = service.operations[name];
    return operation === undefined || !isHeldToAnswer(operation);
  });
  if (unchecked.length === 0) return null;
  return `Whether they do the same work is not known: what ${unchecked.join(" and ")} answered was not held to anything but its status; say what it must answer (expect), or that they do the same (sameWork).`;
}
