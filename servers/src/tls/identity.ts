import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { hostname, networkInterfaces } from "node:os";
import { createSecureContext } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { WrongOption } from "../wrong-option.js";
import type { MadeCertificate } from "./make-certificate.js";

/** Whose certificate encrypted servers show: one that is made when they start and is never written down, or the user's own. */
export interface ServeTls {
  /** PEM files of the user's own certificate, with what signed it, and of its key: both or none. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Where to write the authority of a certificate that is made, as PEM, for clients to trust. */
  readonly caOutFile?: string;
}

/** What encrypted servers show their clients, all as PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
  /** What clients have to trust; null where that is the user's own affair. */
  readonly ca: string | null;
}

/** The identity of servers that listen on `host`; rejects with `WrongOption` when files are missing, or not what they should be. */
export async function loadIdentity(
  { certFile, keyFile, caOutFile }: ServeTls,
  host: string,
): Promise<Identity> {
  if (certFile === undefined && keyFile === undefined) {
    const made = await makeOutside(namesOf(host));
    if (caOutFile !== undefined) await write(caOutFile, made.ca);
    return made;
  }
  if (certFile === undefined || keyFile === undefined) {
    throw new WrongOption(
      "A certificate and its key go together: give both files (--tls-cert and --tls-key).",
    );
  }
  if (caOutFile !== undefined) {
    throw new WrongOption(
      "--tls-ca-out writes the authority of a certificate that is made at start, not of your own: leave one of them out.",
    );
  }
  const [certificate, key] = await Promise.all([read("certificate", certFile), read("key", keyFile)]);
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    throw new WrongOption(
      `The certificate ${certFile} and the key ${keyFile} can't be used (${(error as Error).message}): give PEM files that belong together.`,
      { cause: error },
    );
  }
  return { certificate, key, ca: null };
}

// In a process of its own: what makes certificates would be a third of the memory of a server that is measured.
// `src/tls/` and `dist/tls/` are equally deep, so this holds for the tests too.
const maker = fileURLToPath(new URL("../../dist/tls/certificate-main.js", import.meta.url));

async function makeOutside(names: readonly string[]): Promise<MadeCertificate> {
  const { stdout } = await promisify(execFile)(process.execPath, [maker, ...names], { timeout: 30_000 });
  return JSON.parse(stdout) as MadeCertificate;
}

/** What clients may call servers that listen on `host`. */
function namesOf(host: string): readonly string[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = everywhere ? [hostname(), ...addresses.map(({ address }) => address)] : [host];
  return [...new Set(["localhost", "127.0.0.1", "::1", ...others])];
}

async function read(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new WrongOption(`The ${what} ${file} can't be read (${reason(error)}): give a PEM file.`, {
      cause: error,
    });
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new WrongOption(
      `The authority can't be written to ${file} (${reason(error)}): give another file.`,
      {
        cause: error,
      },
    );
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file or folder";
  if (code === "EACCES") return "the system does not allow it";
  return code === "EISDIR" ? "it is a folder" : message;
}
