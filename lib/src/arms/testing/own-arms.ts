import { programs } from "../../hosts/program.js";
import { dialectOf } from "../arm.js";
import { armsFor } from "../registry.js";
import type { AnyWorkload } from "../workload.js";

/** Names of the arms of this library that call the lab's own servers with that work; without the same arms watched, which have their own tests. */
export function ownArmsFor(workload: AnyWorkload): string[] {
  return armsFor(workload).flatMap((arm) => {
    const served = programs.node.serves.some((dialect) => dialect === dialectOf(arm));
    return served && arm.language === "typescript" && !("opens" in arm) && arm.watched === undefined
      ? [arm.name]
      : [];
  });
}
