import { isIP } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import { because, type Check, silence } from "./check.js";
import { contextOf, type Trust } from "./trust.js";

/** Where a handshake is tried. */
export interface HandshakeOptions {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for. */
  readonly name: string;
  readonly timeoutMs: number;
}

/** Tries a TLS handshake as a client with that trust would make it; says why it fails, in words. */
export async function checkHandshake(options: HandshakeOptions, trust: Trust): Promise<Check> {
  const failure = await handshake(options, { secureContext: contextOf(trust) });
  return failure === null ? { ok: true } : explain(failure, options);
}

/** Whether something speaks TLS there, whatever its certificate. */
export async function speaksTls(options: HandshakeOptions): Promise<boolean> {
  return (await handshake(options, { rejectUnauthorized: false })) === null;
}

/** What Node says when a handshake fails. */
interface Failure {
  readonly code?: string;
  readonly message: string;
  readonly cert?: { readonly subjectaltname?: string };
}

/** Null when it succeeded. */
async function handshake(
  { host, port, name, timeoutMs }: HandshakeOptions,
  options: ConnectionOptions,
): Promise<Failure | null> {
  const servername = isIP(name) === 0 ? { servername: name } : {};
  // A server of HTTP/1.1 and one of HTTP/2 each choose their own.
  const socket = connect({ host, port, ALPNProtocols: ["h2", "http/1.1"], ...servername, ...options });
  let timer: NodeJS.Timeout | undefined;
  const failure = await new Promise<Failure | null>((resolve) => {
    timer = setTimeout(() => resolve({ code: "ETIMEDOUT", message: "" }), timeoutMs);
    socket.once("secureConnect", () => resolve(null));
    socket.on("error", resolve);
  });
  clearTimeout(timer);
  socket.destroy();
  return failure;
}

const stranger =
  /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|CERT_(SIGNATURE_FAILURE|UNTRUSTED))$/;
const noTls = /^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)|ECONNRESET|EPROTO)$/;

function explain({ code = "", message, cert }: Failure, { name, timeoutMs }: HandshakeOptions): Check {
  const refused = (reason: string, advice: string): Check => ({ ok: false, reason, advice });
  if (code === "ETIMEDOUT") return { ok: false, reason: silence(timeoutMs) };
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return refused(
      `its certificate is for ${cert?.subjectaltname ?? "other names"}, and not for ${name}`,
      `call it by a name of its certificate, or give it a certificate for ${name}`,
    );
  }
  if (stranger.test(code)) {
    return refused(
      "its certificate is of an authority that is not trusted here",
      "give that authority's certificate (--ca FILE, tls.ca, or tls.caFile of an operation; `wirelab servers --tls-ca-out FILE` writes it)",
    );
  }
  if (code === "CERT_HAS_EXPIRED") {
    return refused("its certificate has expired", "renew it, or start the server again if it makes its own");
  }
  if (noTls.test(code)) {
    return refused(
      "it does not speak TLS",
      "call it without (http://, and no tls), or start it with a certificate (`wirelab servers --tls`)",
    );
  }
  return { ok: false, reason: because(code === "" ? message : code) };
}
