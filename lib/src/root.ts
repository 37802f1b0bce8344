import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, wherever the command or the notebook was started: `lib/dist` lies two below it. */
export const projectRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where runs are kept unless a call says otherwise: `$WIRELAB_RUNS`, else `data/runs`. */
export const defaultRunsFolder: string = process.env.WIRELAB_RUNS ?? join(projectRoot, "data", "runs");
