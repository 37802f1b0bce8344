import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** Path of a file that another tool wrote. */
export function fixture(name: string): string {
  return `${folder}${name}`;
}

/** Folders of the fixtures of each version of the tools. */
export const versions = ["", "second/"] as const;

/** Names of all of them, but of what tells how they were made. */
export const fixtures: readonly string[] = versions.flatMap((version) =>
  readdirSync(`${folder}${version}`, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README.md")
    .map(({ name }) => `${version}${name}`),
);

/** Each of these files as both versions of its tool wrote it: its name, and the folder of what was made with it. */
export function ofBoth(...files: readonly string[]): readonly (readonly [file: string, version: string])[] {
  return versions.flatMap((version) => files.map((file) => [`${version}${file}`, version] as const));
}
