import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { generate } from "selfsigned";

/** What servers show to prove who they are, all as PEM. */
export interface MadeCertificate {
  readonly certificate: string;
  readonly key: string;
  /** The authority that signed it, for clients to trust. */
  readonly ca: string;
}

/** What a certificate is made for. */
export interface CertificateOptions {
  /** Names and addresses that clients call the servers by. */
  readonly names: readonly string[];
  /** Default: in a week. */
  readonly validUntil?: Date;
}

const dayMs = 24 * 3600 * 1000;

/** Makes an authority that nobody else has, and by it a certificate with an EC key. The authority's key is not kept. */
export async function makeCertificate({
  names,
  validUntil = new Date(Date.now() + 7 * dayMs),
}: CertificateOptions): Promise<MadeCertificate> {
  const common = {
    keyType: "ec",
    algorithm: "sha256",
    // Clocks of client and server differ.
    notBeforeDate: new Date(Math.min(Date.now(), validUntil.getTime()) - dayMs),
    notAfterDate: validUntil,
  } as const;
  // A name of its own, as who trusts several authorities looks for the right one by name.
  const authority = await generate([{ name: "commonName", value: `wirelab ${randomUUID()}` }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "wirelab" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: names.map(altName) },
    ],
  });
  return { certificate: leaf.cert, key: leaf.private, ca: authority.cert };
}

// The types of RFC 5280: 2 is a DNS name, 7 an address.
function altName(name: string) {
  return isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const);
}
