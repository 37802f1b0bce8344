import { answerOf } from "../../arms/operation/operation.js";
import type { RunInfo } from "../../record/run-info.js";

/**
 * Why it is not known that two arms did the same work, as a sentence; null where it is: the lab's own works answer alike, and of
 * somebody's service either both are held to the same answer or somebody says so.
 */
export function doubtSameWork(
  { arms, service }: Pick<RunInfo, "arms" | "service">,
  { first, second }: { readonly first: string; readonly second: string },
): string | null {
  if (service === undefined || service.sameWork) return null;
  const called = [first, second].map((name) => arms.find((arm) => arm.name === name)?.operation ?? name);
  const answers = called.map((name) => {
    const operation = service.operations[name];
    return operation === undefined ? null : answerOf(operation);
  });
  if (called[0] === called[1] || (answers[0] !== null && answers[0] === answers[1])) return null;
  const unchecked = called.filter((_, at) => answers[at] === null);
  const why =
    unchecked.length === 0
      ? "they were held to different answers"
      : `${unchecked.join(" and ")} ${unchecked.length === 1 ? "was" : "were"} not held to what an answer says`;
  return `Whether they do the same work is not known: ${why}; expect the same of both, or say that they do (sameWork).`;
}

/** Whether all operations of a service do the same work, as far as it is known, for its card; null where there are no two. */
export function saySameWork({ service }: Pick<RunInfo, "service">): string | null {
  if (service === undefined || Object.keys(service.operations).length < 2) return null;
  if (service.sameWork) return "said to be the same by who measured";
  const answers = new Set(Object.values(service.operations).map(answerOf));
  const held = answers.size === 1 && !answers.has(null);
  return held ? "all were held to the same answer" : "not known: not all were held to the same answer";
}
