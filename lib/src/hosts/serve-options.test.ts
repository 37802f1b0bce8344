import { expect, test } from "vitest";
import { serveArguments, serveOptions } from "./serve-options.js";
import { startHost } from "./start.js";

test("what is left out is left to the servers", () => {
  expect(serveOptions({})).toEqual({ restPort: 0, grpcPort: 0 });
  expect(serveArguments({})).toEqual(["--rest-port", "0", "--grpc-port", "0"]);
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
