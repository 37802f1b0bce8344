import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { WirelabError } from "../../../errors.js";

/** How much of a file is looked at to tell what it is, after it was unpacked. */
const headBytes = 65_536;

/** So much of a file is read at a time: each reading takes its own time besides. */
const stretchBytes = 1_048_576;

/** A packed file may become this large before its ratio is looked at, and that many times its own size then. */
const unpacked = { freeBytes: 100_000_000, mostTimes: 200 } as const;

/** How a Parquet file begins. */
export const parquetMagic = "PAR1";

/** A file of another tool that is read from front to end, unpacked on the way; only a stretch of it is ever in memory. */
export class ToolFile {
  readonly path: string;
  /** Without its folder. */
  readonly name: string;
  readonly sizeBytes: number;
  /** How the unpacked text begins. */
  readonly head: string;
  /** Of the file as it lies on the disk, once all of it has been read. */
  sha256 = "";
  /** How much of it, as it lies on the disk, has been read. */
  readBytes = 0;
  /** Where the file ends in the middle of something, as the end of "cut off …"; null for a whole one. */
  cutOff: string | null = null;
  readonly #packing: Packing;

  private constructor(path: string, sizeBytes: number, packing: Packing, head: string) {
    this.path = path;
    this.name = basename(path);
    this.sizeBytes = sizeBytes;
    this.#packing = packing;
    this.head = head;
  }

  /**
   * Opens a file and looks at its beginning.
   * @throws WirelabError `usage` for what is no file, is empty, or is packed in a way that this Node cannot unpack.
   */
  static async open(path: string): Promise<ToolFile> {
    const sizeBytes = sizeOf(path);
    const packing = packingOf(path, firstBytes(path));
    if (packing.name === "parquet") return new ToolFile(path, sizeBytes, packing, parquetMagic);
    const looking = new ToolFile(path, sizeBytes, packing, "");
    let head = "";
    for await (const text of looking.texts()) {
      head += text;
      if (head.length >= headBytes) break;
    }
    if (head.trim() === "" && looking.cutOff !== null) {
      throw fileError(path, `is cut off ${looking.cutOff}, before anything of it can be read`);
    }
    if (head.trim() === "") throw fileError(path, "is empty");
    return new ToolFile(path, sizeBytes, packing, head);
  }

  /** How it is packed; "" where it is not. */
  get packing(): string {
    return this.#packing.name;
  }

  get encoding(): string {
    return this.#packing.encoding;
  }

  /** The file's text, a stretch at a time. Throws `usage` for what is no text, or grows beyond all measure when unpacked. */
  async *texts(): AsyncGenerator<string, void, undefined> {
    const hash = createHash("sha256");
    const raw = createReadStream(this.path, { highWaterMark: stretchBytes });
    this.readBytes = 0;
    raw.on("data", (chunk) => {
      hash.update(chunk);
      this.readBytes += chunk.length;
    });
    const decoder = new TextDecoder(this.#packing.encoding, { fatal: true });
    let grownBytes = 0;
    const unpacker = this.#packing.make?.() ?? null;
    const bytes =
      unpacker === null ? raw : raw.on("error", (error) => unpacker.destroy(error)).pipe(unpacker);
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        grownBytes += chunk.length;
        this.#refuseBomb(grownBytes);
        yield this.#decoded(() => decoder.decode(chunk, { stream: true }));
      }
      yield this.#decoded(() => decoder.decode());
    } catch (error) {
      if (error instanceof WirelabError) throw error;
      if (!isCutOff(error)) throw this.#unreadable(error);
      this.cutOff = `in the middle of its ${this.#packing.name} stream`;
    } finally {
      raw.destroy();
      unpacker?.destroy();
    }
    this.sha256 = hash.digest("hex");
  }

  /** The whole text of a file that is small by its nature. Throws `usage` for a larger one. */
  async text(): Promise<string> {
    let all = "";
    for await (const text of this.texts()) {
      all += text;
      if (all.length > 10_000_000) throw fileError(this.path, "is larger than 10 MB, which no such file is");
    }
    return all;
  }

  /** Fills `sha256` of a file whose text nobody reads. */
  async hash(): Promise<void> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(this.path, {
      highWaterMark: stretchBytes,
    }) as AsyncIterable<Buffer>)
      hash.update(chunk);
    this.sha256 = hash.digest("hex");
  }

  /** What is wrong at a place of the file; lines and columns as people count them. */
  wrong(place: string, reason: string): WirelabError {
    return new WirelabError("usage", `${this.path}, ${place}: ${reason}.`);
  }

  #refuseBomb(grownBytes: number): void {
    if (this.#packing.make === null || grownBytes <= unpacked.freeBytes) return;
    if (grownBytes <= unpacked.mostTimes * this.sizeBytes) return;
    throw fileError(
      this.path,
      `becomes more than ${unpacked.mostTimes} times as large when it is unpacked, which no tool's file does`,
    );
  }

  #decoded(decode: () => string): string {
    try {
      return decode();
    } catch (cause) {
      throw fileError(this.path, `holds bytes that are no ${this.#packing.encoding} text`, cause);
    }
  }

  #unreadable(cause: unknown): WirelabError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return fileError(this.path, `cannot be read: ${reason}`, cause);
  }
}

/** What is wrong with a file as a whole. */
export function fileError(path: string, reason: string, cause?: unknown): WirelabError {
  return new WirelabError("usage", `${path} ${reason}.`, { cause });
}

interface Packing {
  readonly name: string;
  readonly encoding: "utf-8" | "utf-16le";
  readonly make: (() => Transform) | null;
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new WirelabError("usage", `There is no file ${path}.`);
  if (!found.isFile()) throw fileError(path, "is no file");
  return found.size;
}

function firstBytes(path: string): Buffer {
  const bytes = Buffer.alloc(4);
  const file = openSync(path, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function packingOf(path: string, first: Buffer): Packing {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, i) => first[i] === byte);
  if (starts(0x1f, 0x8b)) return { name: "gzip", encoding: "utf-8", make: () => zlib.createGunzip() };
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return { name: "zstd", encoding: "utf-8", make: zstdOf(path) };
  if (first.toString("latin1") === parquetMagic) return { name: "parquet", encoding: "utf-8", make: null };
  // What PowerShell writes of a tool's output.
  if (starts(0xff, 0xfe)) return { name: "", encoding: "utf-16le", make: null };
  return { name: "", encoding: "utf-8", make: null };
}

/** Node has it from 22.15 on; its types here are those of Node 20. */
function zstdOf(path: string): () => Transform {
  const make: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof make !== "function") {
    throw fileError(
      path,
      `is packed with zstd, which Node ${process.versions.node} cannot unpack; unpack it first, or use Node 22.15 or later`,
    );
  }
  return () => {
    const unpacker: unknown = make();
    if (unpacker instanceof Readable) return unpacker as Transform;
    throw fileError(path, "cannot be unpacked");
  };
}

/** What zlib says of a stream that ends too early, of zstd too. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
}
