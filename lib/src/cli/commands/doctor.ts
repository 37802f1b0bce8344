import { join } from "node:path";
import { Command } from "commander";
import { projectRoot, defaultRunsFolder as runsFolder } from "../../root.js";
import type { NoiseRecord } from "../doctor/noise-record.js";
import { interruptible } from "../interruptible.js";

const noiseArm = "rest";

/** `wirelab doctor`: what is installed, what is in the way, and how noisy this machine is. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Say what is installed, what each lack costs, and how noisy this machine is.")
    .option("--json", "print the checks as JSON")
    .option("--noise", "first compare two identical servers, and keep the result (half a minute)")
    .addHelpText("after", "\nExample:\n  $ wirelab doctor --noise")
    .action(async (options: { json?: boolean; noise?: boolean }) => {
      process.exitCode = await interruptible((signal) => runDoctor(options, signal));
    });
}

async function runDoctor(
  { json = false, noise = false }: { json?: boolean; noise?: boolean },
  signal: AbortSignal,
): Promise<number> {
  const { readEnvironment } = await import("../../record/machine/environment.js");
  const { systemLookup } = await import("../../hosts/loopback.js");
  const { findPython } = await import("../../hosts/python/find.js");
  const { examine } = await import("../doctor/examine.js");
  const { checksText } = await import("../doctor/text.js");
  const { noisePath, readNoise } = await import("../doctor/noise-record.js");
  const { firstLine, portState, readLimits, tryKernel } = await import("../doctor/system.js");
  const environment = readEnvironment();
  const record = noise ? await renewNoise(signal) : await readNoise(noisePath);
  process.stderr.write("Looking at this machine, a few seconds …\n");
  const checks = await examine({
    environment,
    variables: process.env,
    limits: readLimits({ memoryBytes: environment.memoryBytes, runsFolder }),
    noise: record,
    venv: join(projectRoot, ".venv"),
    firstLine,
    findPython,
    tryKernel,
    portState,
    lookup: systemLookup,
    now: () => performance.now(),
  });
  console.log(json ? JSON.stringify({ environment, checks, noise: record }, null, 2) : checksText(checks));
  return 0;
}

async function renewNoise(signal: AbortSignal): Promise<NoiseRecord> {
  const { measureNoise } = await import("../../experiment/controls.js");
  const { compare } = await import("../../analysis/compare.js");
  const { progressReporter } = await import("../../show/progress.js");
  const { noiseRecord } = await import("../doctor/noise.js");
  const { noisePath, writeNoise } = await import("../doctor/noise-record.js");
  const progress = progressReporter();
  const onProgress = progress.report.bind(progress);
  try {
    const run = await measureNoise({ arm: noiseArm, onProgress, signal, runsFolder });
    const comparison = await compare(run, { first: "A", second: "B" });
    const { startedAt: measuredAt, environment } = run.info;
    const { warnings } = run;
    const record = noiseRecord(comparison, { arm: noiseArm, measuredAt, environment, warnings });
    await writeNoise(noisePath, record);
    return record;
  } finally {
    progress.finish(signal.aborted ? "interrupted" : "finished");
  }
}
