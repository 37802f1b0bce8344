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

const times = ["s", "ms", "us"] as const;
const sizes = ["bytes", "KB", "MB"] as const;

/** What a published number can measure or set, and the units that it can be in. */
export const metricUnits = {
  mean: times,
  median: times,
  p90: times,
  p95: times,
  p99: times,
  min: times,
  max: times,
  total: times,
  call: times,
  handler: times,
  "saved by not waiting": times,
  count: ["calls"],
  successes: ["calls"],
  failures: ["calls"],
  rate: ["1/s"],
  bytes: sizes,
  payload: sizes,
  window: sizes,
  result: ["1"],
  time: times,
  users: ["users"],
  "spawn rate": ["users/s"],
  duration: times,
  "think time min": times,
  "think time max": times,
  workers: ["1"],
} as const;

/** What a published number measures or sets. */
export type PublishedMetric = keyof typeof metricUnits;

const metrics = Object.keys(metricUnits).filter(isPublishedMetric);
const units = [...new Set(Object.values(metricUnits).flat())];

/** Whether a word is what a published number can measure. */
export function isPublishedMetric(name: string): name is PublishedMetric {
  return name in metricUnits;
}

/** What a row of numbers is read with. */
export const numberColumns = {
  post: text,
  experiment: text,
  arm: text,
  condition: text,
  metric: oneOf(...metrics),
  unit: oneOf(...units),
  value: number,
  digits: text,
};

/** This file lies three folders below the project's root, both as source and as built. */
const publishedFolder = fileURLToPath(new URL("../../../../data/published/", import.meta.url));

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
  return readCsvTable(path, numberColumns);
}

/**
 * The five posts with their titles and notebooks.
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 */
export function loadPosts(path: string = publishedFile("posts.csv")): readonly PublishedPost[] {
  return readCsvTable(path, { post: text, title: text, notebook: text, about: text });
}
