import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { arms, armsFor, findWorkload } from "../arms/registry.js";
import { programs, pythonPrograms, worksOfPosts } from "../hosts/program.js";
import { pythonFolder } from "../hosts/python/places.js";
import { findPythonForTests } from "../hosts/testing/python.js";
import { makePlan } from "./plan/plan.js";
import { pythonOf } from "./plan/python-of-plan.js";

const python = await findPythonForTests();

/** Works that a run can have, with a size for those that need one. */
const works = ["increment", "add", "image", "payload", "factorial", "classify"];

/** What Python itself knows, asked of the code that serves and calls. */
const say = `
import json
from calling.errors import ClientError
from calling.works import find_work
from serving.programs import PROGRAMS
from versions import PACKAGES
from serving.works import WORKS

known = {}
for name in ${JSON.stringify(works)}:
    try:
        known[name] = find_work(name, input_file=None, size=10)
    except ClientError:
        pass
print(json.dumps({
    "programs": {name: [program.protocol, program.has_workers] for name, program in PROGRAMS.items()},
    "packages": PACKAGES,
    "served": WORKS,
    "called": list(known),
    "streamed": [name for name, work in known.items() if work.grpc.stream],
}))
`;

interface Known {
  readonly programs: Readonly<Record<string, readonly [string, boolean]>>;
  readonly packages: readonly string[];
  readonly served: readonly string[];
  readonly called: readonly string[];
  readonly streamed: readonly string[];
}

/** Works that an arm says it fits. */
function fitting(arm: string): readonly string[] {
  return works.filter((work) => armsFor(findWorkload(work)).some(({ name }) => name === arm));
}

describe.skipIf(python === null)("what the lab says of Python's side", () => {
  let known: Known;
  beforeAll(() => {
    const { stdout, stderr } = spawnSync(python ?? "", ["-c", say], { cwd: pythonFolder, encoding: "utf8" });
    expect(stderr).toBe("");
    known = JSON.parse(stdout) as Known;
  });

  it("is what its programs are and serve", () => {
    const said = pythonPrograms.map((name) => {
      const { serves, hasWorkers } = programs[name];
      return [name, [serves[0], hasWorkers]];
    });
    expect(Object.fromEntries(said)).toEqual(known.programs);
    expect(Object.keys(worksOfPosts)).toEqual(known.served);
  });

  it("is what its clients can call", () => {
    for (const { name, language } of arms) {
      if (language === "typescript" || name === "python-function") continue;
      const able = name.endsWith("stream") ? known.streamed : known.called;
      // Of Locust's users only what the posts loaded is asked.
      const asked = language === "locust" ? able.filter((work) => fitting(name).includes(work)) : able;
      expect([name, fitting(name)]).toEqual([name, asked]);
    }
  });

  it("names packages whose versions it tells, and leaves out none", () => {
    const named = [
      ...Object.values(programs).flatMap(({ packages, beneath }) => [...packages, ...beneath]),
      ...arms.flatMap((arm) => (arm.language === "typescript" ? [] : [...arm.packages, ...arm.beneath])),
      ...Object.values(worksOfPosts).flat(),
    ];
    expect([...new Set(named)].sort()).toEqual([...known.packages].sort());
  });

  it("keeps with a run the versions of all that takes part in its calls, and of nothing else", async () => {
    const onFastapi = makePlan({ work: "image", arms: [{ name: "rest", arm: "httpx", program: "fastapi" }] });
    expect(Object.keys((await pythonOf(onFastapi))?.packages ?? {}).sort()).toEqual(
      ["fastapi", "h11", "httpcore", "httpx", "pillow", "pydantic", "starlette", "uvicorn"].sort(),
    );
    expect(await pythonOf(makePlan({ arms: ["rest", "grpc"] }))).toBeNull();
  });
});
