import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const filesIn = (name: string) =>
  ["lib/src", "servers/src", "bench/src"].map((folder) => `${folder}/**/${name}`);

/** Tests that hold a time against a bound: what else runs would be in it. */
const alone = filesIn("*.alone.test.ts");

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
    setupFiles: ["lib/src/testing/every-test.ts"],
    restoreMocks: true,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest would take one worker on two processors; but a test of processes often waits, and rarely for a processor.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // What a short file imports is most of what it costs, so files share a worker and what it has imported.
        test: { name: "together", include: filesIn("*.test.ts"), exclude: alone, isolate: false },
      },
      // One worker, which Vitest lets begin when all others have ended.
      { extends: true, test: { name: "alone", include: alone, maxWorkers: 1 } },
    ],
  },
});
