import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { pythonPlaces } from "../hosts/python/places.js";
import { findPythonForTests } from "../hosts/testing/python.js";
import { projectRoot } from "../root.js";

const python = await findPythonForTests();

const replaceHost = `
import sys
from calling.arms.requests_arms import at_localhost
from calling.errors import ClientError
for url in sys.argv[1:]:
    try:
        print(at_localhost(url))
    except ClientError as error:
        print(error)
`;

test.skipIf(python === null)("requests-localhost calls this machine by its name, and no other", () => {
  const urls = ["http://127.0.0.1:8000", "http://127.0.0.1:81/increment", "http://10.0.0.1:8000"];
  const { stdout, stderr } = spawnSync(python ?? "", ["-c", replaceHost, ...urls], {
    cwd: pythonPlaces(projectRoot).folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toEqual([
    "http://localhost:8000",
    "http://localhost:81/increment",
    "requests-localhost calls servers of this machine only, not http://10.0.0.1:8000.",
  ]);
});
