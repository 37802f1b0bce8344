import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningBoth, startServers } from "../serve.js";
import { expectError } from "../testing/expect-error.js";
import { formOf, jsonOf } from "../testing/image-forms.js";
import { png } from "../testing/png.js";

let servers: RunningBoth;
beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes: 2000 });
});
afterAll(() => servers.close());

const image = png(3, 2);

function post(body: BodyInit | null, contentType?: string): Promise<Response> {
  const headers: Record<string, string> = contentType === undefined ? {} : { "content-type": contentType };
  return fetch(`${servers.restUrl}/image`, { method: "POST", body, headers });
}

test.each(["image/png", "image/jpeg", "image/x-anything; name=a"])("takes bytes as %s", async (type) => {
  const response = await post(new Uint8Array(image), type);
  expect(await response.text()).toBe(`{"width":3,"height":2,"bytes":${image.length}}`);
});

test.each(["text/plain", "application/octet-stream", "multipart/mixed; boundary=x", "imagejpeg", undefined])(
  "answers 400 to Content-Type %s and says which three it takes",
  async (type) => {
    const threeForms = /no image: .*image\/\*.*multipart\/form-data.*application\/json/;
    await expectError(await post(new Uint8Array(image), type), 400, threeForms);
  },
);

test("answers 400 to a request without a body", async () => {
  await expectError(await post(null), 400, /no image: /);
});

test.each([
  ["no base64", '{"image":"not base64!"}', /^image is not valid base64/],
  ["a data URL", `{"image":"data:image/png;base64,${image.toString("base64")}"}`, /not valid base64/],
  ["NaN", '{"image":NaN}', /not valid JSON/],
  ["a number", '{"image":1}', /^image must be text in base64, and it is 1\.$/],
  ["a list of bytes", JSON.stringify({ image: [...image] }), /it is a list/],
  ["another field", jsonOf(image).replace("image", "photo"), /it is missing/],
  ["a list in place of the object", "[]", /must be a JSON object/],
])("answers 400 to JSON with %s", async (_name, body, sentence) => {
  await expectError(await post(body, "application/json"), 400, sentence);
});

const nothing = new FormData();
const textField = new FormData();
textField.append("image", "text, not a file");
const twoFiles = formOf("image", image);
twoFiles.append("image", new Blob([new Uint8Array(image)]));
const fileAndText = formOf("image", image);
fileAndText.append("note", "text");
test.each([
  ["nothing", nothing, /one file, in a field named "image".* holds none/],
  ["another field", formOf("photo", image), /refused in "photo": Unexpected file field/],
  ["text in the right field", textField, /Too many fields/],
  ["two files", twoFiles, /refused.*: (Too many files|Unexpected file field)/],
  ["a file and text", fileAndText, /Too many fields/],
])("answers 400 to a form with %s", async (_name, form, sentence) => {
  await expectError(await post(form), 400, sentence);
});

const disposition = 'Content-Disposition: form-data; name="image"; filename="a"';
test.each([
  ["without a boundary", `--x\r\n${disposition}\r\n\r\nabc\r\n--x--\r\n`, "multipart/form-data", /Boundary/],
  ["that is cut off", `--x\r\n${disposition}\r\n\r\nabc`, "multipart/form-data; boundary=x", /end of form/],
  ["with no name", "--x\r\nnonsense\r\n\r\nabc\r\n--x--\r\n", "multipart/form-data; boundary=x", /header/],
  ["that is empty", "", "multipart/form-data; boundary=x", /./],
])("answers 400 to a form %s", async (_name, body, contentType, sentence) => {
  await expectError(await post(body, contentType), 400, sentence);
});

test("answers 413 to a file that is too large", async () => {
  await expectError(
    await post(formOf("image", png(3, 2, 200_000))),
    413,
    /^The body is larger than the limit of 2000 bytes\.$/,
  );
});
