import { expect, test } from "vitest";
import { connectRemote } from "./remote.js";
import { serveArguments, serveOptions } from "./serve-options.js";
import { startHost } from "./start.js";

test("what is left out is left to the servers", () => {
  expect(serveOptions({})).toEqual({ restPort: 0, grpcPort: 0 });
  expect(serveArguments({})).toEqual(["--rest-port", "0", "--grpc-port", "0"]);
});

test("works go as a list", () => {
  expect(serveOptions({ works: ["add", "image"] })).toMatchObject({ works: ["add", "image"] });
  expect(serveArguments({ works: ["add", "image"] }).slice(-2)).toEqual(["--works", "add,image"]);
});

test("a window goes as a number", () => {
  expect(serveOptions({ windowBytes: 131_072 })).toMatchObject({ windowBytes: 131_072 });
  expect(serveArguments({ windowBytes: 131_072 }).slice(-2)).toEqual(["--grpc-window", "131072"]);
});

test("only a process of its own is told of workers, which no other host has", async () => {
  expect(serveArguments({ workers: 2 }).slice(-2)).toEqual(["--workers", "2"]);
  expect(serveOptions({ workers: 2 })).toEqual({ restPort: 0, grpcPort: 0 });
  for (const kind of ["in-process", "worker"] as const) {
    await expect(startHost(kind, { workers: 2 })).rejects.toThrow(`not host ${kind}: use the host child`);
  }
});

test("certificates go as files, or as the wish for one", () => {
  expect(serveArguments({ tls: {} }).slice(-1)).toEqual(["--tls"]);
  expect(serveArguments({ tls: { certFile: "a", keyFile: "b" } }).slice(-5)).toEqual([
    ...["--tls-cert", "a"],
    ...["--tls-key", "b"],
    "--tls",
  ]);
});

test.each(["in-process", "worker", "child"] as const)("%s serves only the works asked for", async (kind) => {
  const host = await startHost(kind, { works: ["add"] });
  try {
    const headers = { "content-type": "application/json" };
    const post = (path: string, body: string) =>
      fetch(`${host.endpoints.restUrl}${path}`, { method: "POST", headers, body });
    expect((await post("/add", '{"a":1,"b":2}')).status).toBe(200);
    expect((await post("/increment", '{"value":1}')).status).toBe(404);
  } finally {
    await host.stop();
  }
});

test.each(["in-process", "worker", "child"] as const)(
  "%s serves only the protocols asked for",
  async (kind) => {
    for (const only of ["rest", "grpc"] as const) {
      const host = await startHost(kind, { works: ["increment"], protocols: [only] });
      const { restUrl, grpcAddress } = host.endpoints;
      expect([restUrl !== null, grpcAddress !== null]).toEqual([only === "rest", only === "grpc"]);
      // Asks the one for its health.
      expect((await connectRemote(host.endpoints)).endpoints).toEqual(host.endpoints);
      await host.stop();
    }
    const none = await startHost(kind, { protocols: [] }).catch((error) => error);
    expect(none).toMatchObject({
      code: "usage",
      message: expect.stringMatching(/^Servers need a protocol: rest, grpc or both/),
    });
  },
);

test.each(["in-process", "worker", "child"] as const)("%s says which work there is not", async (kind) => {
  await expect(startHost(kind, { works: ["subtract"] })).rejects.toThrow(
    /There is no work "subtract"; choose from increment, add, /,
  );
});

test.each(["in-process", "worker", "child"] as const)("%s obeys address and limit", async (kind) => {
  const host = await startHost(kind, { address: "127.0.0.2", maxMessageBytes: 100 });
  try {
    expect(host.endpoints.restUrl).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
    expect(host.endpoints.grpcAddress).toMatch(/^127\.0\.0\.2:\d+$/);
    const body = `{"value":1}${" ".repeat(100)}`;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${host.endpoints.restUrl}/increment`, { method: "POST", headers, body });
    expect(answer.status).toBe(413);
  } finally {
    await host.stop();
  }
});
