import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { type ChannelCredentials, type ChannelOptions, credentials } from "@grpc/grpc-js";
import type { buildConnector } from "undici";
import { WirelabError } from "../errors.js";

/** How a client of encrypted servers knows that it has reached them. */
export interface Trust {
  /** The authorities to trust, as PEM; default: those that Node trusts by itself. */
  readonly ca?: string;
  /** Names that the certificates must be for, where the addresses are others. */
  readonly restName?: string;
  readonly grpcName?: string;
  /** The client's own certificate and key, as PEM, for servers that ask for one. */
  readonly own?: { readonly cert: string; readonly key: string };
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Trust in the authorities of a PEM file, as `--ca` names one; without a file in those that Node trusts. Throws `usage`. */
export function readTrust(caFile: string | undefined): Trust {
  if (caFile === undefined) return {};
  let ca: string;
  try {
    ca = readFileSync(caFile, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new WirelabError("usage", `${caFile} can't be read (${code}): give a PEM file of certificates.`, {
      cause: error,
    });
  }
  const certificates = ca.match(pemCertificate) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return { ca };
  throw new WirelabError(
    "usage",
    `${caFile} holds no certificate that can be read: give a PEM file of some.`,
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.byteLength > 0;
  } catch {
    return false;
  }
}

/** What is trusted, read once: to read it for every connection would be a part of a new connection's time. */
export function contextOf({ ca, own }: Trust): SecureContext {
  return createSecureContext({ ...(ca !== undefined && { ca }), ...own });
}

/** How undici connects to servers that are known by `trust`; nothing special for plain ones. */
export function connectorOptions(trust: Trust | undefined): buildConnector.BuildOptions {
  if (trust === undefined) return {};
  const { restName } = trust;
  return {
    secureContext: contextOf(trust),
    // undici keeps a session to resume until the next garbage collection, so that how long a handshake takes would be luck.
    maxCachedSessions: 0,
    ...(restName !== undefined && { servername: restName }),
  };
}

/** The same for grpc-js. */
export function channelCredentials(trust: Trust | undefined): ChannelCredentials {
  if (trust === undefined) return credentials.createInsecure();
  const secure = credentials.createFromSecureContext(contextOf(trust));
  const create = secure._createSecureConnector.bind(secure);
  secure._createSecureConnector = (...how) => withoutAddressAsName(create(...how));
  return secure;
}

/** What a channel is made with so that it calls a server by the name that its certificate is for. */
export function nameOptions(trust: Trust | undefined): ChannelOptions {
  const name = trust?.grpcName;
  return name === undefined ? {} : { "grpc.ssl_target_name_override": name, "grpc.default_authority": name };
}

type SecureConnector = ReturnType<ChannelCredentials["_createSecureConnector"]>;

/** grpc-js tells a server the name that it is called by even where that is an address, against which Node prints a warning. */
function withoutAddressAsName(connector: SecureConnector): SecureConnector {
  const { connectionOptions: options } = connector as { connectionOptions?: { servername?: string } };
  if (options?.servername !== undefined && isIP(options.servername) !== 0) delete options.servername;
  return connector;
}
