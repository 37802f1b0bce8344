import { z } from "zod";
import { type Operation, operationSchema } from "../arms/operation/operation.js";

// Named, because what zod infers of JSON inside JSON is too deep to be compared.
const operation: z.ZodType<Operation> = operationSchema;

/** What `run.json` holds of somebody's servers: files by their names alone, secrets by their references. */
export const serviceSchema = z.object({
  /** Whether somebody said that all operations do the same work. */
  sameWork: z.boolean(),
  operations: z.record(z.string(), operation),
  /** What servers on other machines were asked at most, and with them all arms of the run; null where none is elsewhere. */
  bounds: z.object({ mostCalls: z.number().positive(), mostPerSecond: z.number().positive() }).nullable(),
});

/** The operations of a run that nobody adapted to the lab. */
export type ServiceInfo = Readonly<z.infer<typeof serviceSchema>>;
