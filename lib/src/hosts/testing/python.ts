import { findPython } from "../python/find.js";

/** The Python that has the posts' own stacks; null where they are not set up and tests may be skipped for it. */
export async function findPythonForTests(): Promise<string | null> {
  const stacks = await findPython();
  if (stacks.kind === "ready") return stacks.python;
  if (process.env.WIRELAB_REQUIRE_ALL !== "1") return null;
  throw new Error(`WIRELAB_REQUIRE_ALL=1, but of the posts' own stacks ${stacks.reason}: ${stacks.advice}`);
}

/** True where they are set up; false when tests may be skipped for it. */
export async function hasPython(): Promise<boolean> {
  return (await findPythonForTests()) !== null;
}
