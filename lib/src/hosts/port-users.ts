import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";

/** A process that listens on a port. */
export interface PortUser {
  readonly pid: number;
  /** As the system names it; "a process" where it does not. */
  readonly name: string;
}

/**
 * Which processes listen on a TCP port, by pid; none where that cannot be seen, as with another user's.
 * Linux: the socket's inode from /proc/net (proc(5)), then the processes that have it open; elsewhere `lsof`.
 *
 * @example
 * const [user] = await portUsers(5000);
 */
export async function portUsers(port: number): Promise<readonly PortUser[]> {
  const users = await (process.platform === "linux" ? linuxUsers(port) : lsofUsers(port));
  return users.toSorted((a, b) => a.pid - b.pid);
}

async function linuxUsers(port: number): Promise<PortUser[]> {
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readText(`/proc/net/${name}`)));
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  const users: PortUser[] = [];
  for (const pid of (await list("/proc")).filter((name) => /^\d+$/.test(name))) {
    if (!(await hasOpen(pid, inodes))) continue;
    users.push({
      pid: Number(pid),
      name: (await readText(`/proc/${pid}/comm`)).trim() || "a process",
    });
  }
  return users;
}

async function hasOpen(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  for (const descriptor of await list(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

/** Inodes of the sockets that listen on `port`, in a table as /proc/net/tcp holds it. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(`:${hexPort}`) && state === "0A" && inode !== undefined ? [inode] : [];
  });
}

function lsofUsers(port: number): Promise<PortUser[]> {
  return new Promise((resolve) => {
    execFile("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], (_error, printed) => {
      const users = printed.matchAll(/^p(\d+)$(?:\nc(.+)$)?/gm);
      resolve([...users].map(([, pid, name]) => ({ pid: Number(pid), name: name ?? "a process" })));
    });
  });
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
