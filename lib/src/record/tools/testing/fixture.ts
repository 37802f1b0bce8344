import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** Path of a file that another tool wrote. */
export function fixture(name: string): string {
  return `${folder}${name}`;
}

/** Names of all of them, but of what tells how they were made. */
export const fixtures: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== "README.md")
  .map(({ name }) => name);
