import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningBoth, startServers } from "./serve.js";
import { connectionEnd } from "./testing/connection-end.js";
import { imageForms, jsonOf } from "./testing/image-forms.js";
import { png } from "./testing/png.js";

const maxMessageBytes = 2000;
const formNames = ["raw", "form", "json", "unary", "chunks"] as const;
let servers: RunningBoth;
let send: ReturnType<typeof imageForms>;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes });
  send = imageForms(servers);
});
afterAll(async () => {
  send.close();
  await servers.close();
});

const works = async () =>
  expect(await send.raw(png(3, 2))).toMatchObject({ answer: { width: 3, height: 2 } });

test("every form of both protocols measures the photo alike, within the default limit", async () => {
  const photo = await readFile(new URL("../../data/images/photo.jpg", import.meta.url));
  const roomy = await startServers({ restPort: 0, grpcPort: 0 });
  const forms = imageForms(roomy);
  const outcomes = await Promise.all(formNames.map((name) => forms[name](photo)));
  expect(outcomes).toEqual(
    formNames.map(() => ({ answer: { width: 2400, height: 1600, bytes: photo.length } })),
  );
  forms.close();
  await roomy.close();
});

test.each([
  ["no bytes", Buffer.alloc(0), "The image is empty: it has 0 bytes."],
  ["text", Buffer.from("no image"), "The bytes are not an image of a kind that is known here."],
  [
    "a cut-off header",
    png(3, 2).subarray(0, 30),
    "The image's header can't be read: it is cut off or damaged.",
  ],
  [
    "100 megapixels",
    png(10_000, 10_000),
    "The image is 10000 by 10000 pixels, more than the limit of 40 megapixels.",
  ],
])("every form refuses %s with the same sentence", async (_name, image, sentence) => {
  for (const name of formNames) {
    expect(await send[name](image), name).toEqual({ refused: "invalid", sentence });
  }
  await works();
});

// A gRPC message of the limit holds the field's number and the image's length beside the image.
test.each([
  ["raw", maxMessageBytes],
  ["form", maxMessageBytes],
  ["unary", maxMessageBytes - 3],
  ["chunks", maxMessageBytes],
] as const)("%s takes exactly the limit and refuses one byte more", async (name, bytes) => {
  expect(await send[name](png(3, 2, bytes))).toEqual({ answer: { width: 3, height: 2, bytes } });
  const outcome = await send[name](png(3, 2, bytes + 1));
  expect(outcome).toMatchObject({ refused: "too large" });
  await works();
});

test("the limit of JSON is that of its body", async () => {
  const headers = { "content-type": "application/json" };
  const body = jsonOf(png(3, 2)).padEnd(maxMessageBytes);
  expect(await send.post(body, headers)).toHaveProperty("answer");
  expect(await send.post(`${body} `, headers)).toEqual({
    refused: "too large",
    sentence: "The body is larger than the limit of 2000 bytes.",
  });
});

test.each([
  ["raw", "image/png", Buffer.alloc(20)],
  [
    "form",
    "multipart/form-data; boundary=x",
    Buffer.from('--x\r\nContent-Disposition: form-data; name="image"; f'),
  ],
  [
    "form's file",
    "multipart/form-data; boundary=x",
    Buffer.from('--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\nabc'),
  ],
  ["json", "application/json", Buffer.from('{"image":"')],
])("serves the next caller after one that hangs up in mid-%s", async (_name, contentType, start) => {
  for (const hangUp of ["end", "destroy"] as const) {
    const socket = connect(Number(new URL(servers.restUrl).port), "127.0.0.1");
    socket.write("POST /image HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n");
    socket.write(`Content-Type: ${contentType}\r\n\r\n`);
    await new Promise((sent) => socket.write(start, sent));
    socket[hangUp]();
    await connectionEnd(socket);
    await works();
  }
});
