import type { RequestListener } from "node:http";
import express from "express";
import { afterEach, expect, test, vi } from "vitest";
import type { Listening } from "../listening.js";
import { PlantedDelay } from "../planted-delay.js";
import { expectError } from "../testing/expect-error.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { errorAnswer } from "./errors.js";
import { listenRest } from "./listen.js";
import { asyncRoute } from "./routes.js";

let listening: Listening;
afterEach(async () => {
  vi.restoreAllMocks();
  await listening.close();
});

async function getWith(error: Error): Promise<Response> {
  const app = express();
  app.get(
    "/",
    asyncRoute(new PlantedDelay(), () => Promise.reject(error)),
  );
  app.use(errorAnswer(1));
  listening = await listenRest(app as RequestListener, { host: "127.0.0.1", port: 0 });
  return fetch(`http://127.0.0.1:${listening.port}/`);
}

test("a rejection for an invalid request is 400 with its sentence", async () => {
  await expectError(await getWith(new InvalidRequest("No.")), 400, /^No\.$/);
});

test("any other rejection is 500, and only standard error learns of it", async () => {
  const logged = vi.spyOn(console, "error").mockReturnValue();
  const error = new Error("secret");
  await expectError(await getWith(error), 500, /^The server failed/);
  expect(logged).toHaveBeenCalledExactlyOnceWith(error);
});
