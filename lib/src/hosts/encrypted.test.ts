import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { makeCertificate } from "@wirelab/servers/dist/tls/make-certificate.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WirelabError } from "../errors.js";
import type { BothEndpoints, Endpoints, Protocol } from "./host.js";
import { connectRemote } from "./remote.js";
import { startHost } from "./start.js";
import { portsOf } from "./testing/ports.js";
import { readTrust, type Trust } from "./trust.js";

let folder: string;
let plain: RunningBoth;
let encrypted: RunningBoth;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-encrypted-"));
  [plain, encrypted] = await Promise.all([serve(), startServers({ ...anywhere, tls: {} })]);
});
afterAll(async () => {
  await Promise.all([plain.close(), encrypted.close()]);
  rmSync(folder, { recursive: true });
});

const anywhere = { restPort: 0, grpcPort: 0, works: ["increment"] };
const serve = () => startServers(anywhere);

/** Servers with a certificate of the user's; `ca` is what signed it. */
async function serveAs(options: Parameters<typeof makeCertificate>[0]) {
  const { certificate, key, ca } = await makeCertificate(options);
  const [certFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  writeFileSync(certFile, certificate);
  writeFileSync(keyFile, key);
  const servers = await startServers({ ...anywhere, tls: { certFile, keyFile } });
  return { servers, ca };
}

/** The addresses of servers, called as encrypted ones or as plain ones. */
function called({ restUrl, grpcAddress }: BothEndpoints, tls: Trust | null, host = "127.0.0.1"): Endpoints {
  const [rest, grpc] = portsOf({ restUrl, grpcAddress });
  return tls === null
    ? { restUrl: `http://${host}:${rest}`, grpcAddress: `${host}:${grpc}` }
    : { restUrl: `https://${host}:${rest}`, grpcAddress: `${host}:${grpc}`, tls };
}

const protocols = ["rest", "grpc"] as const;

/** What is said when a half is looked for, in one sentence. */
async function failureOf(endpoints: Endpoints, half: Protocol, timeoutMs = 5000): Promise<string> {
  const error: WirelabError = await connectRemote(endpoints, { halves: [half], timeoutMs }).then(
    () => expect.fail("it was found"),
    (caught) => caught,
  );
  expect(error.code).toBe("server-failed");
  expect(error.message.trim().split("\n")).toHaveLength(1);
  return error.message;
}

test("is found by who trusts its authority, among others too, and Node warns of nothing", async () => {
  const warned: string[] = [];
  const onWarning = ({ message }: Error) => warned.push(message);
  process.on("warning", onWarning);
  const endpoints = called(encrypted, encrypted.tls ?? {});
  expect((await connectRemote(endpoints)).endpoints).toEqual(endpoints);
  const { ca } = await makeCertificate({ names: ["127.0.0.1"] });
  await connectRemote(called(encrypted, { ca: `${ca}\n${encrypted.tls?.ca}` }));
  process.off("warning", onWarning);
  expect(warned).toEqual([]);
});

test("a file of authorities is read, and another is a sentence", async () => {
  const { ca, key } = await makeCertificate({ names: ["127.0.0.1"] });
  const file = join(folder, "ca.pem");
  writeFileSync(file, `${ca}\n${encrypted.tls?.ca}`);
  expect((await connectRemote(called(encrypted, readTrust(file)))).kind).toBe("remote");
  expect(readTrust(undefined)).toEqual({});
  writeFileSync(file, key);
  expect(() => readTrust(file)).toThrow(/ca\.pem holds no certificate that can be read: give a PEM file/);
  writeFileSync(file, ca.replace("MII", "MIX"));
  expect(() => readTrust(file)).toThrow(/ca\.pem holds no certificate that can be read/);
  expect(() => readTrust(`${file}.gone`)).toThrow(/ca\.pem\.gone can't be read \(ENOENT\)/);
});

test("is found by a name whose certificate has no address, and is called by that name", async () => {
  const { servers, ca } = await serveAs({ names: ["localhost"] });
  const lookup = async () => ["127.0.0.1"];
  const { endpoints } = await connectRemote(called(servers, { ca }, "localhost"), { lookup });
  const names = { restName: "localhost", grpcName: "localhost" };
  expect(endpoints).toEqual({ ...called(servers, { ca, ...names }) });
  expect((await connectRemote(endpoints)).endpoints.restUrl).toBe(endpoints.restUrl);
  await servers.close();
});

describe.each(protocols)("%s", (half) => {
  test("is not taken for another's, whose certificate it has not", async () => {
    const { servers, ca } = await serveAs({ names: ["example.test", "192.0.2.1"] });
    expect(await failureOf(called(servers, { ca }), half)).toMatch(
      /\(its certificate is for DNS:example\.test, IP Address:192\.0\.2\.1, and not for 127\.0\.0\.1\): call it by a name of its/,
    );
    await servers.close();
  });

  test("is not trusted for another authority, nor for those that everybody trusts", async () => {
    const { ca } = await makeCertificate({ names: ["127.0.0.1"] });
    for (const trust of [{ ca }, {}]) {
      expect(await failureOf(called(encrypted, trust), half)).toMatch(
        /\(its certificate is of an authority that is not trusted here\): give that authority's certificate \(--ca FILE, tls\.ca, /,
      );
    }
  });

  test("is not trusted when its certificate has expired", async () => {
    const { servers, ca } = await serveAs({
      names: ["127.0.0.1"],
      validUntil: new Date(Date.now() - 60_000),
    });
    expect(await failureOf(called(servers, { ca }), half)).toMatch(
      /\(its certificate has expired\): renew it/,
    );
    await servers.close();
  });

  test("says that it speaks TLS to who does not", async () => {
    expect(await failureOf(called(encrypted, null), half)).toMatch(
      /\(it speaks TLS\): call it so \(https:\/\/, with --ca FILE or tls, which say what to trust\)\.$/,
    );
  });

  test("says that it speaks no TLS to who does", async () => {
    expect(await failureOf(called(plain, encrypted.tls ?? {}), half)).toMatch(
      /\(it does not speak TLS\): call it without \(http:\/\/, and no tls\), or start it with a certificate/,
    );
  });

  test("says nothing for as long as was allowed, and is given up", async () => {
    const mute = createServer((socket) => socket.on("error", () => {}).unref());
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as { port: number };
    const endpoints = { restUrl: `https://127.0.0.1:${port}`, grpcAddress: `127.0.0.1:${port}`, tls: {} };
    expect(await failureOf(endpoints, half, 300)).toContain("it did not answer within 300 ms");
    mute.close();
  });
});

test("https without tls, and tls without https, are refused before anything is called", async () => {
  const { restUrl, grpcAddress } = encrypted;
  await expect(connectRemote({ restUrl, grpcAddress })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/is encrypted: say with tls what to trust/),
  });
  await expect(connectRemote({ ...plain, tls: {} })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/is not encrypted, and tls was given: write https/),
  });
});

test.each(["in-process", "worker", "child"] as const)(
  "%s makes a certificate and says what to trust",
  async (kind) => {
    const host = await startHost(kind, { tls: {}, address: "127.0.0.2" });
    expect(host.endpoints.tls?.ca).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(host.endpoints.restUrl).toMatch(/^https:\/\/127\.0\.0\.2:/);
    expect((await connectRemote(host.endpoints)).endpoints).toEqual(host.endpoints);
    await host.stop();
  },
);

test.each(["in-process", "worker", "child"] as const)("%s says which file is missing", async (kind) => {
  const tls = { certFile: join(folder, "no.pem"), keyFile: join(folder, "no-key.pem") };
  await expect(startHost(kind, { tls })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/no(-key)?\.pem can't be read \(there is no such file or folder\)/),
  });
});
