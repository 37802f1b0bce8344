import { execFileSync } from "node:child_process";

/** Locust's processes among the children of a process, whose arguments hold `having`. */
export function locustProcesses(having = "", parent = process.pid): number[] {
  const table = execFileSync("ps", ["-eo", "ppid,pid,args"], { encoding: "utf8" }).split("\n");
  return table
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([ppid, , ...args]) =>
        Number(ppid) === parent && args.includes("locust") && args.join(" ").includes(having),
    )
    .map(([, pid]) => Number(pid));
}
