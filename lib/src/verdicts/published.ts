import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { number, oneOf, readCsvTable, text } from "./csv-table.js";

/** One number that a post prints. */
export interface PublishedNumber {
  readonly post: string;
  readonly experiment: string;
  readonly arm: string;
  readonly condition: string;
  readonly metric: PublishedMetric;
  readonly unit: string;
  /** In `unit`. */
  readonly value: number;
  /** As it is printed in the post. */
  readonly digits: string;
}

/** A post and the notebook that re-runs it. */
export interface PublishedPost {
  readonly post: string;
  readonly title: string;
  /** First two characters of the notebook's name, e.g. `01`. */
  readonly notebook: string;
  readonly about: string;
}

/** What a published number measures or sets. */
export type PublishedMetric = (typeof metrics)[number];

const metrics = [
  "mean",
  "median",
  "p95",
  "p99",
  "min",
  "max",
  "total",
  "call",
  "handler",
  "saved by not waiting",
  "count",
  "rate",
  "failures",
  "bytes",
  "payload",
  "result",
  "time",
  "users",
  "spawn rate",
  "duration",
  "think time min",
  "think time max",
  "workers",
] as const;

const units = ["s", "ms", "1/s", "users/s", "users", "calls", "bytes", "KB", "MB", "1"] as const;

/** This file lies three folders below the project's root, both as source and as built. */
const publishedFolder = fileURLToPath(new URL("../../../data/published/", import.meta.url));

/** Path of a file in `data/published`. */
export function publishedFile(name: string): string {
  return join(publishedFolder, name);
}

/**
 * Every number of every table of the five posts, one row each (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadNumbers().filter((row) => row.post === "003" && row.metric === "total");
 */
export function loadNumbers(path: string = publishedFile("numbers.csv")): readonly PublishedNumber[] {
  return readCsvTable(path, {
    post: text,
    experiment: text,
    arm: text,
    condition: text,
    metric: oneOf(...metrics),
    unit: oneOf(...units),
    value: number,
    digits: text,
  });
}

/**
 * The five posts with their titles and notebooks.
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 */
export function loadPosts(path: string = publishedFile("posts.csv")): readonly PublishedPost[] {
  return readCsvTable(path, { post: text, title: text, notebook: text, about: text });
}
