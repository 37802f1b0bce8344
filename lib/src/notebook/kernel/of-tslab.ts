import { createRequire } from "node:module";

const tslab: string = createRequire(import.meta.url).resolve("tslab");

/** Loads what tslab itself loads: the very module, so that what is changed in it is changed for tslab. */
export const requireOfTslab: NodeJS.Require = createRequire(tslab);
