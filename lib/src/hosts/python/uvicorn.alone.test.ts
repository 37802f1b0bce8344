import { Agent, request } from "undici";
import { expect, test } from "vitest";
import { hasPython } from "../testing/python.js";
import { startPythonServer } from "./server.js";

test.skipIf(!(await hasPython())).each(["starlette", "fastapi"] as const)(
  "%s answers on a kept connection without waiting for acknowledgements, which would take 40 ms",
  async (program) => {
    const host = await startPythonServer(program, { works: ["increment"] });
    const dispatcher = new Agent({ connections: 1 });
    const timesMs: number[] = [];
    for (let call = 0; call < 101; call++) {
      const began = performance.now();
      const headers = { "content-type": "application/json" };
      const { body } = await request(`${host.endpoints.restUrl}/increment`, {
        method: "POST",
        dispatcher,
        headers,
        body: '{"value":1}',
      });
      expect(await body.json()).toEqual({ value: 2 });
      timesMs.push(performance.now() - began);
    }
    await dispatcher.close();
    await host.stop();
    expect(timesMs.sort((a, b) => a - b)[50]).toBeLessThan(30);
  },
);
