import { findArm } from "../../arms/registry.js";
import { programs, worksOfPosts } from "../../hosts/program.js";
import { requirePython } from "../../hosts/python/find.js";
import type { PythonInfo } from "../../record/run-info.js";
import type { Plan } from "./plan.js";

/**
 * The Python that takes part in a plan, with the packages that do; null where none does. A `missing-tool` error where the posts'
 * own stacks are not set up.
 */
export async function pythonOf({
  arms,
  servers,
  work,
}: Pick<Plan, "arms" | "servers" | "work">): Promise<PythonInfo | null> {
  const foreign = arms
    .map(({ arm }) => findArm(arm))
    .flatMap((arm) => (arm.language === "typescript" ? [] : [arm]));
  const served = servers.filter(({ program }) => programs[program].kind === "python");
  if (foreign.length === 0 && served.length === 0) return null;
  const sides = [...served.map(({ program }) => programs[program]), ...foreign];
  const taking = new Set<string>([
    ...sides.flatMap(({ packages, beneath }) => [...packages, ...beneath]),
    ...(served.length === 0 ? [] : (worksOfPosts[work] ?? [])),
  ]);
  const { version, packages } = await requirePython();
  const known = Object.entries(packages).filter(([name]) => taking.has(name));
  return { version, packages: Object.fromEntries(known) };
}
