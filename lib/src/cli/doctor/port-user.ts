import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";

/**
 * Which process listens on a TCP port, like `node (4711)`; null where that cannot be seen, as with another user's.
 * Linux: the socket's inode from /proc/net (proc(5)), then the process that has it open; elsewhere `lsof`.
 */
export async function portUser(port: number): Promise<string | null> {
  return process.platform === "linux" ? linuxUser(port) : lsofUser(port);
}

async function linuxUser(port: number): Promise<string | null> {
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readText(`/proc/net/${name}`)));
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  for (const pid of (await list("/proc")).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await list(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined && inodes.has(inode)) {
        return `${(await readText(`/proc/${pid}/comm`)).trim() || "a process"} (${pid})`;
      }
    }
  }
  return null;
}

/** Inodes of the sockets that listen on `port`, in a table as /proc/net/tcp holds it. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(`:${hexPort}`) && state === "0A" && inode !== undefined ? [inode] : [];
  });
}

function lsofUser(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    execFile("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], (_error, printed) => {
      const pid = /^p(\d+)$/m.exec(printed)?.[1];
      const name = /^c(.+)$/m.exec(printed)?.[1];
      resolve(pid === undefined ? null : `${name ?? "a process"} (${pid})`);
    });
  });
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
