import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { System } from "typescript";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/notebooks.js";
import { requireOfTslab } from "./of-tslab.js";

test("a module that a reader writes beside a notebook is seen to change, a declaration is not", async () => {
  await import("./kernel-watch.js");
  const { sys }: { sys: System } = requireOfTslab("@tslab/typescript-for-tslab");
  const folder = await temporaryFolder();
  const files = ["types.d.ts", "helper.ts"].map((name) => join(folder, name));
  const write = (text: string) => Promise.all(files.map((file) => writeFile(file, text)));
  await write("export const a = 1;");
  const seen: string[] = [];
  const changed = new Promise<void>((resolve) => {
    for (const file of files) {
      const onChange = () => {
        seen.push(file);
        if (file.endsWith("helper.ts")) resolve();
      };
      const watcher = sys.watchFile?.(file, onChange, 50);
      onTestFinished(() => watcher?.close());
    }
  });
  await write("export const a = 'another';");
  await changed;
  expect(new Set(seen)).toEqual(new Set([join(folder, "helper.ts")]));
});
