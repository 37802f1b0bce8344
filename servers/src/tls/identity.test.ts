import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServeOptions, startServers } from "../serve.js";
import { loadIdentity } from "./identity.js";
import { type MadeCertificate, makeCertificate } from "./make-certificate.js";

let folder: string;
let made: MadeCertificate;
let certFile: string;
let keyFile: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-tls-"));
  made = await makeCertificate({ names: ["example.test", "192.0.2.1"] });
  certFile = file("certificate.pem", made.certificate);
  keyFile = file("key.pem", made.key);
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const start = (options: Partial<ServeOptions> & { readonly protocols?: never }) =>
  startServers({ restPort: 0, grpcPort: 0, works: ["add"], ...options });

test("a certificate is made for this machine's names and the host, by an authority of its own, for a week", async () => {
  const { certificate, ca } = await loadIdentity({}, "127.0.0.3");
  const [leaf, authority] = [new X509Certificate(certificate), new X509Certificate(ca ?? "")];
  for (const ip of ["127.0.0.1", "::1", "127.0.0.3"]) expect(leaf.checkIP(ip)).toBe(ip);
  expect(leaf.checkHost("localhost")).toBe("localhost");
  expect(leaf.checkHost("example.test")).toBeUndefined();
  expect(leaf.verify(authority.publicKey)).toBe(true);
  expect([leaf.ca, authority.ca]).toEqual([false, true]);
  expect(leaf.publicKey.asymmetricKeyType).toBe("ec");
  const days = (Date.parse(leaf.validTo) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(6);
  expect(days).toBeLessThan(8);
  const again = await loadIdentity({}, "127.0.0.3");
  expect(leaf.verify(new X509Certificate(again.ca ?? "").publicKey)).toBe(false);
});

test("servers on every address are known by the addresses of this machine", async () => {
  const { certificate } = await loadIdentity({}, "0.0.0.0");
  expect(new X509Certificate(certificate).checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(new X509Certificate(certificate).checkIP("0.0.0.0")).toBeUndefined();
});

test("both protocols speak TLS 1.3, each its own HTTP, and the authority is written where it was asked for", async () => {
  const caOutFile = join(folder, "ca.pem");
  const servers = await start({ tls: { caOutFile } });
  const ca = readFileSync(caOutFile, "utf8");
  expect(servers.tls).toEqual({ ca });
  expect(servers.restUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ports = [new URL(servers.restUrl).port, servers.grpcAddress.split(":")[1]];
  const spoken = await Promise.all(
    ports.map(async (port) => {
      const socket = connect({
        port: Number(port),
        host: "127.0.0.1",
        ca,
        ALPNProtocols: ["h2", "http/1.1"],
      });
      await once(socket, "secureConnect");
      const said = [socket.getProtocol(), socket.alpnProtocol];
      socket.destroy();
      return said;
    }),
  );
  expect(spoken).toEqual([
    ["TLSv1.3", "http/1.1"],
    ["TLSv1.3", "h2"],
  ]);
  await servers.close();
});

test.each([
  ["rest", false],
  ["rest", true],
  ["grpc", false],
  ["grpc", true],
] as const)(
  "%s (tls: %s) does not wait at its end for a connection that says nothing",
  async (protocol, tls) => {
    const servers = await start(tls ? { tls: {} } : {});
    const port = protocol === "rest" ? new URL(servers.restUrl).port : servers.grpcAddress.split(":")[1];
    const socket = connectPlain(Number(port), "127.0.0.1");
    socket.on("error", () => {});
    const gone = new Promise((resolve) => socket.resume().once("close", resolve));
    await once(socket, "connect");
    await servers.close();
    await gone;
  },
);

test("the user's own certificate is shown, and what to trust is left to the user", async () => {
  const identity = await loadIdentity({ certFile, keyFile }, "127.0.0.1");
  expect(identity).toEqual({ certificate: made.certificate, key: made.key, ca: null });
});

test.each([
  [
    "missing",
    () => ({ certFile: `${certFile}.gone`, keyFile }),
    /certificate .*gone can't be read \(there is no such file/,
  ],
  [
    "a folder",
    () => ({ certFile, keyFile: folder }),
    /The key .* can't be read \(it is a folder\): give a PEM file/,
  ],
  [
    "no key",
    () => ({ certFile, keyFile: file("text", "text") }),
    /can't be used \(.*\): give PEM files that belong together/,
  ],
  [
    "of another",
    () => ({ certFile, keyFile: file("other", other.key) }),
    /can't be used \(.*\): give PEM files that/,
  ],
  ["alone", () => ({ certFile }), /go together: give both files/],
  ["written down too", () => ({ certFile, keyFile, caOutFile: join(folder, "x") }), /leave one of them out/],
  [
    "not to be written",
    () => ({ caOutFile: join(folder, "no", "x") }),
    /can't be written to .* \(there is no such file or folder\)/,
  ],
])("files that are %s are a sentence, and nothing listens", async (_, tls, sentence) => {
  other = await makeCertificate({ names: ["example.test"] });
  const error = await start({ tls: tls() }).catch((caught) => caught);
  expect(error).toMatchObject({ name: "WrongOption", message: expect.stringMatching(sentence) });
  expect(error.message.trim().split("\n")).toHaveLength(1);
});
let other: MadeCertificate;
