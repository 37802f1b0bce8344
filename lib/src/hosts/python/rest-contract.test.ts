import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { type RunningServers, startServers } from "@wirelab/servers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { png } from "../../../../servers/src/testing/png.js";
import { connectionEnd } from "../testing/ports.js";
import { hasPython } from "../testing/python.js";
import { type PythonHost, startPythonServer } from "./server.js";

const maxMessageBytes = 2000;
const works = ["increment", "add", "image", "payload", "factorial"];

/** Sends the same to a server: a new body each time, since a body can be sent only once. */
type Send = (restUrl: string) => Promise<Response>;

const post =
  (path: string, type: string, body: BodyInit): Send =>
  (restUrl) =>
    fetch(`${restUrl}${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body,
      redirect: "error",
    });
const json = (path: string, body: string) => post(path, "application/json", body);
const image = (bytes: Buffer, type = "image/png") => post("/image", type, new Uint8Array(bytes));
const asJson = (bytes: Buffer) => json("/image", JSON.stringify({ image: bytes.toString("base64") }));
const form =
  (...fields: readonly (readonly [name: string, value: Buffer | string])[]): Send =>
  (restUrl) => {
    const body = new FormData();
    for (const [name, value] of fields) {
      if (typeof value === "string") body.append(name, value);
      else body.append(name, new Blob([new Uint8Array(value)]), "photo.png");
    }
    return fetch(`${restUrl}/image`, { method: "POST", body });
  };
/** Of a length that its headers do not say. */
const streamed = (path: string, type: string, text: string): Send => {
  return (restUrl) =>
    fetch(`${restUrl}${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body: new Blob([text]).stream(),
      duplex: "half",
    } as RequestInit);
};

const requests: readonly (readonly [name: string, status: number, send: Send])[] = [
  ["health", 200, (restUrl) => fetch(`${restUrl}/healthz`)],
  ["another path", 404, json("/subtract", "{}")],
  ["another method", 404, (restUrl) => fetch(`${restUrl}/increment`)],

  ["increment of 41", 200, json("/increment", '{"value":41}')],
  ["increment of the smallest int32", 200, json("/increment", '{"value":-2147483648}')],
  ["increment of 5.0", 200, json("/increment", '{"value":5.0}')],
  ["increment in a body without length", 200, streamed("/increment", "application/json", '{"value":6}')],
  ["increment of the largest int32", 400, json("/increment", '{"value":2147483647}')],
  ["increment of more than an int32", 400, json("/increment", '{"value":2147483648}')],
  ["increment of less than an int32", 400, json("/increment", '{"value":-2147483649}')],
  ["increment of a fraction", 400, json("/increment", '{"value":1.5}')],
  ["increment of text", 400, json("/increment", '{"value":"5"}')],
  ["increment of true", 400, json("/increment", '{"value":true}')],
  ["increment of null", 400, json("/increment", '{"value":null}')],
  ["increment of a list", 400, json("/increment", '{"value":[1]}')],
  ["increment of an object", 400, json("/increment", '{"value":{}}')],
  ["increment of nothing", 400, json("/increment", "{}")],
  ["a list as body", 400, json("/increment", "[1]")],
  ["cut-off JSON", 400, json("/increment", '{"value":')],
  ["JSON that is not declared", 400, post("/increment", "text/plain", '{"value":1}')],
  ["another field beside", 200, json("/increment", '{"value":1,"id":7}')],

  ["add of 0.1 and 0.2", 200, json("/add", '{"a":0.1,"b":0.2}')],
  ["add of whole numbers", 200, json("/add", '{"a":1,"b":2}')],
  ["add beyond exact doubles", 200, json("/add", '{"a":9007199254740993,"b":0.5}')],
  ["add of a missing term", 400, json("/add", '{"a":1}')],
  ["add of text", 400, json("/add", '{"a":"1","b":2}')],
  ["add of more than a double", 400, json("/add", '{"a":-1e999,"b":2}')],
  ["add of a whole number beyond doubles", 400, json("/add", `{"a":1${"0".repeat(400)},"b":2}`)],
  ["add of a sum beyond doubles", 400, json("/add", '{"a":1e308,"b":1e308}')],

  ["payload of none", 200, json("/payload", '{"data":""}')],
  ["payload of more than ASCII", 200, json("/payload", JSON.stringify({ data: "안녕 😀" }))],
  ["payload of half a surrogate pair", 200, json("/payload", '{"data":"\\ud800"}')],
  ["payload of a number", 400, json("/payload", '{"data":12}')],
  ["payload of nothing", 400, json("/payload", "{}")],
  ["payload of exactly the limit", 200, json("/payload", '{"data":""}'.padEnd(maxMessageBytes))],
  ["payload of one byte more", 413, json("/payload", '{"data":""}'.padEnd(maxMessageBytes + 1))],
  [
    "payload of one byte more without a length",
    413,
    streamed("/payload", "application/json", '{"data":""}'.padEnd(maxMessageBytes + 1)),
  ],

  ["factorial of 0", 200, json("/factorial/", '{"number":0}')],
  ["factorial of 10000", 200, json("/factorial/", '{"number":10000}')],
  ["factorial without the slash", 200, json("/factorial", '{"number":5}')],
  ["factorial of less than none", 400, json("/factorial/", '{"number":-1}')],
  ["factorial of more than it does", 400, json("/factorial/", '{"number":200001}')],
  ["factorial of a fraction", 400, json("/factorial/", '{"number":1.5}')],

  ["a raw image", 200, image(png(3, 2))],
  ["a raw image of exactly the limit", 200, image(png(3, 2, maxMessageBytes))],
  ["a raw image of one byte more", 413, image(png(3, 2, maxMessageBytes + 1))],
  ["an image as JSON", 200, asJson(png(3, 2))],
  ["an image as JSON that is no base64", 400, json("/image", '{"image":"a-_="}')],
  ["an image as JSON without padding", 400, json("/image", '{"image":"aGE"}')],
  ["an image as JSON that is a number", 400, json("/image", '{"image":1}')],
  ["an image in a form", 200, form(["image", png(3, 2)])],
  ["an image in a form of exactly the limit", 200, form(["image", png(3, 2, maxMessageBytes)])],
  ["an image in a form of one byte more", 413, form(["image", png(3, 2, maxMessageBytes + 1)])],
  ["an image of no bytes", 400, image(Buffer.alloc(0))],
  ["an image that is text", 400, image(Buffer.from("no image"))],
  ["an image whose header is cut off", 400, image(png(3, 2).subarray(0, 30))],
  ["an image of 100 megapixels", 400, image(png(10_000, 10_000))],
  ["bytes that are not declared an image", 400, image(png(3, 2), "application/octet-stream")],
];

/** What the three frameworks' own form readers say of a form differs; that it is refused does not. */
const wrongForms: readonly (readonly [name: string, send: Send])[] = [
  ["a file in another field", form(["photo", png(3, 2)])],
  ["two files", form(["image", png(3, 2)], ["image", png(3, 2)])],
  ["a field beside the file", form(["image", png(3, 2)], ["caption", "a"])],
  ["text in place of the file", form(["image", "text"])],
  ["no form in it", post("/image", "multipart/form-data; boundary=x", "nothing")],
];

/** What an answer says, without times and without a JSON reader's own words. */
async function saidBy(response: Response): Promise<unknown> {
  const text = await response.text();
  expect(text).not.toMatch(/Traceback|File "/);
  const { time_taken, ...said } = JSON.parse(text) as Record<string, unknown>;
  if (time_taken !== undefined) expect(time_taken).toBeGreaterThanOrEqual(0);
  if (typeof said.error === "string") said.error = said.error.replace(/(is not valid JSON): .*/s, "$1");
  return { code: response.status, type: response.headers.get("content-type")?.split(";")[0], ...said };
}

describe.skipIf(!(await hasPython())).each(["flask", "starlette", "fastapi"] as const)("%s", (program) => {
  let node: RunningServers;
  let python: PythonHost;
  beforeAll(async () => {
    [node, python] = await Promise.all([
      startServers({ restPort: 0, grpcPort: 0, protocols: ["rest"], maxMessageBytes }),
      startPythonServer(program, { maxMessageBytes, works }),
    ]);
  });
  afterAll(() => Promise.all([node.close(), python.stop()]));

  test.each(requests)("answers to %s with %d, as Express does", async (_name, status, send) => {
    const [expected, said] = await Promise.all(
      [node, python.endpoints].map(async ({ restUrl }) => saidBy(await send(restUrl ?? ""))),
    );
    expect(expected).toMatchObject({ code: status });
    expect(said).toEqual(expected);
  });

  test.each(wrongForms)("refuses a form with %s", async (_name, send) => {
    expect(await saidBy(await send(python.endpoints.restUrl ?? ""))).toEqual({
      code: 400,
      type: "application/json",
      error: 'The form must hold one file, in a field named "image", and nothing else.',
    });
  });

  test("refuses JSON that is nested too deeply, and bytes that are no text", async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    for (const body of ["[".repeat(1900), `{"value":${"[".repeat(1900)}`, bytes]) {
      const response = await post("/increment", "application/json", body)(python.endpoints.restUrl ?? "");
      expect(await saidBy(response)).toMatchObject({ code: 400 });
    }
  });

  test("counts the calls that it was asked, refused ones too, and health not", async () => {
    const before = await python.count();
    for (const [, , send] of requests.slice(0, 20)) await send(python.endpoints.restUrl ?? "");
    // Health, another path and another method are no calls.
    expect((await python.count()) - before).toBe(17);
  });
});

test.skipIf(!(await hasPython())).each(["flask", "starlette", "fastapi"] as const)(
  "%s serves the next caller after some who hang up, and has nothing to complain of",
  async (program) => {
    const host = await startPythonServer(program, { works: ["increment", "image"] });
    const { restUrl, pid } = { restUrl: host.endpoints.restUrl ?? "", pid: host.pids.rest ?? 0 };
    const begun = [
      ["application/json", '{"value":'],
      ["image/png", "\x89PNG"],
      ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="image"; f'],
    ] as const;
    for (const path of ["/increment", "/image"]) {
      for (const [type, start] of begun) {
        for (const hangUp of ["end", "destroy"] as const) {
          const socket = connect(Number(new URL(restUrl).port), "127.0.0.1");
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: ${type}\r\n\r\n`,
          );
          await new Promise((sent) => socket.write(start, sent));
          socket[hangUp]();
          await connectionEnd(socket);
          expect(await saidBy(await json("/increment", '{"value":1}')(restUrl))).toMatchObject({ value: 2 });
        }
      }
    }
    process.kill(pid, "SIGKILL");
    expect(await host.died).toMatchObject({ lastWords: "" });
  },
);

test.skipIf(!(await hasPython())).each(["flask", "starlette", "fastapi"] as const)(
  "%s measures the photo within the default limit, and refuses what is over it without a reset",
  async (program) => {
    const host = await startPythonServer(program, { works: ["image", "payload"] });
    const restUrl = host.endpoints.restUrl ?? "";
    const photo = await readFile(new URL("../../../../data/images/photo.jpg", import.meta.url));
    const size = { width: 2400, height: 1600, bytes: photo.length };
    for (const send of [image(photo, "image/jpeg"), asJson(photo), form(["image", photo])]) {
      expect(await (await send(restUrl)).json()).toEqual(size);
    }
    const tooLarge = await json("/payload", `{"data":"${"a".repeat(16 * 1024 * 1024)}"}`)(restUrl);
    expect(tooLarge.status).toBe(413);
    await host.stop();
  },
);
