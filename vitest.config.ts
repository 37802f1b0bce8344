import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const everything = ["lib/src", "servers/src", "bench/src"];
const filesIn = (folders: readonly string[], name: string) => folders.map((folder) => `${folder}/**/${name}`);

/** Tests in here start no process and change nothing global, so files can share a worker and what it has imported. */
const computing = filesIn(
  [
    ...["stats", "record", "analysis", "verdicts", "show"].map((room) => `lib/src/${room}`),
    "servers/src/work",
    "bench/src",
  ],
  "!(*.browser).test.ts",
);

/** Tests that hold a time against a bound: what else runs would be in it. */
const alone = filesIn(everything, "*.alone.test.ts");

/** Notebooks and browsers take longest; begun last, one of them would leave the other workers with nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/cli\/notebooks\/|\.browser\./.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest would take one worker on two processors; but a test of processes often waits, and rarely for a processor.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "computing", include: computing, exclude: alone, isolate: false } },
      {
        extends: true,
        test: {
          name: "processes",
          include: filesIn(everything, "*.test.ts"),
          exclude: [...computing, ...alone],
        },
      },
      // One worker, which Vitest lets begin when all others have ended.
      { extends: true, test: { name: "alone", include: alone, maxWorkers: 1 } },
    ],
  },
});
