import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const delimiter = "<IDS|MSG>";
const content = z.record(z.string(), z.unknown());
const header = z.looseObject({ msg_id: z.string(), msg_type: z.string() });
/** A message that answers nothing has `{}` for a parent. */
const parentHeader = z.looseObject({ msg_id: z.string().optional() });

/** One message of the Jupyter protocol, without its routing prefix. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** Id of the request that this message belongs to; null when it belongs to none. */
  readonly parentId: string | null;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Encodes a request as the frames of the Jupyter wire protocol 5.3, signed with HMAC-SHA256.
 *
 * Source: jupyter-client documentation, "Messaging in Jupyter", the wire protocol.
 */
export function encodeMessage(
  key: string,
  session: string,
  type: string,
  body: Readonly<Record<string, unknown>>,
): { id: string; frames: string[] } {
  const id = randomUUID();
  const head = {
    msg_id: id,
    session,
    username: "wirelab",
    date: new Date().toISOString(),
    msg_type: type,
    version: "5.3",
  };
  const parts = [JSON.stringify(head), "{}", "{}", JSON.stringify(body)];
  return { id, frames: [delimiter, sign(key, parts), ...parts] };
}

/**
 * Decodes the frames of a received message; null when they are no message or their signature is wrong, since anyone
 * on the machine can connect to a kernel's port.
 */
export function decodeMessage(key: string, frames: readonly Buffer[]): Message | null {
  const start = frames.findIndex((frame) => frame.toString() === delimiter);
  const [signature, head, parent, , body] = frames.slice(start + 1);
  if (start < 0 || !signature || !head || !parent || !body) return null;
  const expected = Buffer.from(sign(key, frames.slice(start + 2)));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
  try {
    const { msg_id, msg_type } = header.parse(JSON.parse(head.toString()));
    return {
      id: msg_id,
      type: msg_type,
      parentId: parentHeader.parse(JSON.parse(parent.toString())).msg_id ?? null,
      content: content.parse(JSON.parse(body.toString())),
    };
  } catch {
    return null;
  }
}

function sign(key: string, parts: readonly (string | Buffer)[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
