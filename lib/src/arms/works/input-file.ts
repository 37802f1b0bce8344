import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { WirelabError } from "../../errors.js";
import type { WorkInput } from "../workload.js";
import { imageType } from "./image-type.js";

/** A file that a work sends in place of its own input: how a client in another process finds it, and knows it again. */
export interface InputFile {
  readonly path: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The right answer in the work's words; null where it is not known. */
  readonly answer: string | null;
}

/** Looks at an image file; one that cannot be read, or is no image, is a `usage` error. */
export function describeImage(path: string): InputFile {
  const bytes = readBytes(path);
  const contentType = imageType(bytes);
  if (contentType === null) {
    throw new WirelabError("usage", `${path} is no image: give a JPEG, PNG, WebP, GIF, TIFF or AVIF file.`);
  }
  return { path, contentType, sizeBytes: bytes.byteLength, sha256: digest(bytes), answer: null };
}

/** Reads what a work is to send; throws a `usage` error when the file is gone or is another one by now. */
export function readInput({ path, contentType, sha256, answer }: InputFile): WorkInput {
  const bytes = readBytes(path);
  if (digest(bytes) === sha256) return { bytes, contentType, answer };
  throw new WirelabError("usage", `${path} has changed since the run was planned: measure again.`);
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
    throw new WirelabError("usage", `${path} cannot be read (${reason}): give the path of an image.`, {
      cause,
    });
  }
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
