import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Run } from "../../record/run.js";
import { type MeasureOptions, measure } from "../measure.js";

const small = { pairs: 1, blocks: 2, warmupBlocks: 1, primeCalls: 0, callsPerRound: 3, seed: 7 };

/** Measures as few calls as there can be of REST and gRPC, in a folder that each test of the file has for itself. */
export function smallRuns(): (options: Partial<MeasureOptions>) => Promise<Run> {
  let runsFolder: string;
  beforeEach(() => {
    runsFolder = mkdtempSync(join(tmpdir(), "wirelab-small-"));
  });
  afterEach(() => rmSync(runsFolder, { recursive: true, force: true }));
  return (options) => measure({ arms: ["rest", "grpc"], ...small, runsFolder, ...options });
}
