import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The smallest GIF there is: one pixel, 43 bytes. */
const pixel = Buffer.from("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");

/** A folder that is gone after the test, with an image of one pixel in it. */
export function folderWithImage(): { folder: string; image: string } {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-bench-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const image = join(folder, "pixel.gif");
  writeFileSync(image, pixel);
  return { folder, image };
}
