import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runNotebook } from "../testing/notebook-run.js";

test("notebook 08 measures the service that it brings along, and judges no claim by it", async () => {
  const run = await runNotebook("08", ["calls=20", "levels=1,2"]);
  expect(run.verdicts).toEqual([]);
  const folders = (await readdir(run.runsFolder)).sort();
  expect(folders.map((name) => name.replace(/^[^-]*-/, "").replace(/-\d+$/, ""))).toEqual(
    expect.arrayContaining(["your-service", "your-service-callers"]),
  );
  const runs = folders.map((name) => readFile(join(run.runsFolder, name, "run.json"), "utf8"));
  const infos = (await Promise.all(runs)).map((text) => JSON.parse(text));
  for (const { status, service } of infos) {
    expect(status).toBe("finished");
    expect(Object.keys(service.operations)).toEqual([
      "rest-increment",
      "grpc-increment",
      "grpc-stream-of-five",
    ]);
  }
});
