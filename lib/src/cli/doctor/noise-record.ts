import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { WirelabError } from "../../errors.js";
import type { Environment } from "../../record/run-info.js";
import { defaultRunsFolder } from "../../root.js";

/** The A/A control lies beside the runs, because like them it speaks for the machine that it was measured on. */
export const noisePath = join(defaultRunsFolder, ".noise.json");

const schema = z.object({
  format: z.literal(1),
  measuredAt: z.string(),
  /** What was compared with itself, e.g. `rest`. */
  arm: z.string(),
  ratio: z.object({ value: z.number(), low: z.number(), high: z.number(), confidence: z.number() }),
  pairs: z.number(),
  blocks: z.number(),
  calls: z.number(),
  /** The run folder; null when it could not be saved. */
  run: z.string().nullable(),
  /** What disturbed the machine meanwhile, a sentence each. */
  disturbances: z.array(z.string()),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    os: z.string(),
    node: z.string(),
    packages: z.record(z.string(), z.string()),
  }),
});

/** The A/A control of a machine, kept so that it need not be measured every time. */
export type NoiseRecord = Readonly<z.infer<typeof schema>>;

/** Reads the record; null where there is none, or one that cannot be used and so must be measured again. */
export async function readNoise(path: string): Promise<NoiseRecord | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Writes the record whole or not at all; throws a `disk` error. */
export async function writeNoise(path: string, record: NoiseRecord): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.tmp`, `${JSON.stringify(record, null, 2)}\n`);
    await rename(`${path}.tmp`, path);
  } catch (cause) {
    throw new WirelabError(
      "disk",
      `The noise of this machine could not be kept in ${path}; check the disk.`,
      {
        cause,
      },
    );
  }
}

/** What of a machine decides its noise. */
export function machineOf({ cpu, cores, os, node, packages }: Environment): NoiseRecord["machine"] {
  return { cpu, cores, os, node, packages: { ...packages } };
}

/** What has changed since a record was made, e.g. `node v20.20.2 → v24.1.0`; empty when it still holds. */
export function changedSince({ machine: before }: NoiseRecord, now: NoiseRecord["machine"]): string[] {
  const flat = ({ packages, ...rest }: NoiseRecord["machine"]): Record<string, string | number> => ({
    ...rest,
    ...packages,
  });
  const [old, current] = [flat(before), flat(now)];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])]
    .filter((name) => old[name] !== current[name])
    .map((name) => `${name} ${old[name] ?? "none"} → ${current[name] ?? "none"}`);
}
