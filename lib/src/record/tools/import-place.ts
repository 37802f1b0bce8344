import { mkdirSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { WirelabError } from "../../errors.js";
import { diskReason } from "../disk.js";
import { makeRunFolder } from "../new-folder.js";
import type { RunInfo } from "../run-info.js";

/** Where an imported run is kept: in a folder of its own, or under a name of its own among runs. */
export type ImportPlace = { readonly folder: string } | { readonly runsFolder: string };

/** The folder of a new run. Throws `disk` where it cannot be made. */
export function newFolder(info: RunInfo, place: ImportPlace): string {
  try {
    if ("runsFolder" in place) return makeRunFolder(resolve(place.runsFolder), info);
    const folder = resolve(place.folder);
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (cause) {
    throw new WirelabError(
      "disk",
      `The run cannot be written (${diskReason(cause)}); choose another folder.`,
      { cause },
    );
  }
}

/** Throws `usage` where a folder for a run has something in it. */
export function requireNew(folder: string): void {
  let inside: readonly string[];
  try {
    inside = readdirSync(folder);
  } catch {
    return;
  }
  if (inside.length > 0)
    throw new WirelabError(
      "usage",
      `${folder} is there already and not empty; choose another folder for the run.`,
    );
}
