import { z } from "zod";
import type { Environment } from "../run-info.js";

const texts = z.record(z.string(), z.string());

/** What files hold of an environment. */
export const environment = z.object({
  cpu: z.string(),
  cores: z.number().int().min(0),
  memoryBytes: z.number(),
  os: z.string(),
  node: z.string(),
  v8: z.string(),
  packages: texts,
  // Runs of before it could take part have none.
  python: z.object({ version: z.string(), packages: texts }).nullable().default(null),
  gitCommit: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
}) satisfies z.ZodType<Environment>;
