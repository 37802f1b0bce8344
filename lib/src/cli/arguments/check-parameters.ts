import { WirelabError } from "../../errors.js";
import { readNotebook } from "../../notebook/cells/ipynb.js";
import {
  declaredParameters,
  injectParameters,
  type ParameterValues,
} from "../../notebook/cells/parameters.js";

/**
 * Throws a `usage` error for a value that does not fit one of the notebooks that declare it, so that nothing is run
 * before. A notebook that cannot be read is left to its run to report.
 */
export async function checkParameters(files: readonly string[], values: ParameterValues): Promise<void> {
  for (const file of files) {
    const notebook = await readNotebook(file).catch((error: unknown) => {
      if (error instanceof WirelabError) return null;
      throw error;
    });
    if (notebook === null) continue;
    const declared = declaredParameters(notebook).map(({ name }) => name);
    injectParameters(
      notebook,
      Object.fromEntries(Object.entries(values).filter(([name]) => declared.includes(name))),
    );
  }
}
