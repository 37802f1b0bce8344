import { trustOf } from "../../arms/operation/open.js";
import type { Operation } from "../../arms/operation/operation.js";
import { urlParts } from "../../arms/operation/rest-request.js";
import { quotedAddress, type Secrets } from "../../arms/operation/secrets.js";
import { WirelabError } from "../../errors.js";
import { speaksTls } from "../../hosts/handshake.js";
import { unbracketed } from "../../hosts/host.js";
import type { ServiceAddress } from "../../hosts/service-address.js";

/** Who may be called, and how long an answer may take. */
export interface PrepareOptions {
  readonly allowHosts: readonly string[];
  readonly timeoutMs: number;
}

/** How an operation is prepared. */
export interface OperationContext extends PrepareOptions {
  /** Its own, which begins every message. */
  readonly name: string;
  readonly secrets: Secrets;
  /** Waited for before its server is asked anything. */
  readonly turn: () => Promise<void>;
}

/** Where an operation is, as it was written; throws `usage` for what is no address. */
export function addressOf(operation: Operation, name: string): ServiceAddress {
  const { tls } = operation;
  const called = typeof tls === "object" ? tls.name : undefined;
  if (operation.kind === "rest") {
    const { hostname, port, protocol } = new URL(urlParts(operation.url, name).origin);
    const encrypted = protocol === "https:";
    if (tls !== undefined && !encrypted) {
      throw new WirelabError(
        "usage",
        `${name} has tls, and its URL is in the clear: write https://, or leave tls out.`,
      );
    }
    const host = unbracketed(hostname);
    const trust = trustOf(tls, name, encrypted);
    return { host, port: Number(port) || (encrypted ? 443 : 80), trust, name: called ?? host };
  }
  const [, written, port] = /^(\[[^\]]+\]|[^:/${}]+):(\d+)$/.exec(operation.target) ?? [];
  if (written === undefined || Number(port) > 65_535) {
    throw new WirelabError(
      "usage",
      `${name}.target: ${quotedAddress(operation.target)} is no gRPC address: write host and port out without a scheme, like 127.0.0.1:50051.`,
    );
  }
  const host = unbracketed(written);
  return { host, port: Number(port), trust: trustOf(tls, name, tls !== undefined), name: called ?? host };
}

/** Whether an operation that is called in the clear meets a server that speaks TLS. */
export async function speaksTlsUnasked(
  operation: Operation,
  { name, timeoutMs, turn }: OperationContext,
): Promise<boolean> {
  const { host, port, trust } = addressOf(operation, name);
  if (trust !== undefined) return false;
  await turn();
  return speaksTls({ host, port, name: host, timeoutMs });
}

/** What is said then, after the operation's name. */
export function inTheClear({ kind }: Operation): string {
  const advice = kind === "rest" ? "https://" : "tls: true, or tls with a caFile";
  return `cannot be called in the clear: the server speaks TLS. Give ${advice}.`;
}
