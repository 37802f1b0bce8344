import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { makeCertificate } from "@wirelab/servers/dist/tls/make-certificate.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareService } from "./prepare.js";
import { type OperationOptions, readService } from "./service.js";

let folder: string;
let asking: Server;
let gRpc: RunningBoth;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wirelab-service-tls-"));
  const { certificate, key, ca } = await makeCertificate({ names: ["localhost"] });
  for (const [name, pem] of Object.entries({ certificate, key, ca })) await writeFile(file(name), pem);
  // Whose certificate it is, is for the server to judge; here that there is one.
  asking = createServer(
    { cert: certificate, key, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { raw } = (request.socket as TLSSocket).getPeerCertificate();
      response.writeHead(raw === undefined ? 403 : 200).end(`${raw?.byteLength} ${request.headers.host}`);
    },
  );
  asking.listen(0, "127.0.0.1");
  await once(asking, "listening");
  gRpc = await startServers({
    restPort: 0,
    grpcPort: 0,
    works: ["increment"],
    tls: { certFile: file("certificate"), keyFile: file("key") },
  });
});
afterAll(async () => {
  asking.closeAllConnections();
  asking.close();
  await gRpc.close();
  await rm(folder, { recursive: true });
});

const file = (name: string) => join(folder, `${name}.pem`);
const port = () => (asking.address() as AddressInfo).port;

const prepare = (one: OperationOptions) =>
  prepareService(readService({ operations: { one } }), { allowHosts: [], timeoutMs: 3000 });

test("a client shows its certificate, calls by the name that the server's is for, and tells no path", async () => {
  const trusted = {
    caFile: file("ca"),
    certFile: file("certificate"),
    keyFile: file("key"),
    name: "localhost",
  };
  const url = `https://127.0.0.1:${port()}/`;
  await prepare({ kind: "rest", url, tls: trusted });
  const { certFile: _, keyFile: __, ...without } = trusted;
  await expect(prepare({ kind: "rest", url, tls: without })).rejects.toThrow(
    /refused the call with HTTP_403/,
  );
  const byName = `https://localhost:${port()}/`;
  await prepare({ kind: "rest", url: byName, tls: trusted, expect: { contains: `localhost:${port()}` } });
});

test("TLS is told from plain text, and a stranger's authority from one that is trusted", async () => {
  const target = gRpc.grpcAddress;
  const unary = {
    kind: "grpc",
    target,
    method: "increment.Incrementer/Increment",
    message: { value: 1 },
  } as const;
  await prepare({ ...unary, tls: { caFile: file("ca"), name: "localhost" }, expect: { json: { value: 2 } } });
  await expect(prepare({ ...unary, tls: true })).rejects.toThrow(
    /authority that is not trusted here.*tls\.caFile/,
  );
  const url = `http://127.0.0.1:${port()}/`;
  await expect(prepare({ kind: "rest", url })).rejects.toThrow(/the server speaks TLS\. Give https:\/\/\.$/);
  await expect(prepare({ ...unary })).rejects.toThrow(
    /^one: increment\.Incrementer\/Increment at .* cannot be called in the clear: the server speaks TLS\. Give tls/,
  );
});
