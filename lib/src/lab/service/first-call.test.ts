import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WirelabError } from "../../errors.js";
import { freePort } from "../../hosts/testing/ports.js";
import { prepareService } from "./prepare.js";
import { type OperationOptions, readService, type ServiceOptions } from "./service.js";
import { type Shop, shopProto, startShop } from "./testing/shop.js";

const token = "s3cret/value with=marks";
const long = `l0ng  ${"0123456789".repeat(40)}`;
let shop: Shop;
beforeAll(async () => {
  vi.stubEnv("SHOP_TOKEN", token);
  vi.stubEnv("SHOP_LONG", long);
  vi.stubEnv("SHOP_WRONG", "wr0ng/one with=marks");
  shop = await startShop({ token });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await shop.close();
});

/** A reference to an environment variable. */
const env = (name: string) => `\${${name}}`;
const bearer = { authorization: `Bearer ${env("SHOP_TOKEN")}` };
const rest = (path: string, more: object = {}): OperationOptions => ({
  kind: "rest",
  url: `${shop.restUrl}${path}`,
  headers: bearer,
  ...more,
});
const grpc = (method: string, more: object = {}): OperationOptions => ({
  kind: "grpc",
  target: shop.target,
  method: `shop.Items/${method}`,
  metadata: bearer,
  ...more,
});

function prepare(
  one: OperationOptions | ServiceOptions,
  more: { timeoutMs?: number; allowHosts?: string[] } = {},
) {
  const options = "operations" in one ? one : { operations: { one } };
  return prepareService(readService(options), { allowHosts: [], timeoutMs: 2000, ...more });
}

/** The message of the error, which is a sentence or two on one line and holds no secret. */
async function refused(one: OperationOptions, more?: Parameters<typeof prepare>[1]): Promise<string> {
  const error = await Promise.resolve()
    .then(() => prepare(one, more))
    .then(
      () => null,
      (caught: unknown) => caught,
    );
  expect(error).toBeInstanceOf(WirelabError);
  const { message } = error as WirelabError;
  expect(message).not.toMatch(/s3cret|wr0ng|l0ng|0123456789|value with|\n/);
  return message;
}

test("finds an endpoint and methods of all four kinds, by .proto files and by both versions of reflection", async () => {
  const messages = [{ itemNumber: 1 }, { item_number: 2 }];
  const older = await startShop({ token, reflection: ["v1alpha"] });
  const { operations } = await prepare({
    operations: {
      endpoint: rest("/items/7", { expect: { json: { "item.number": 7 } } }),
      get: grpc("Get", { message: { item_number: 3 }, expect: { json: { name: "tea" } } }),
      older: { ...grpc("Get", { message: { item_number: 3 } }), target: older.target } as OperationOptions,
      list: grpc("List", { message: { item_number: 4 }, expect: { messages: 4, json: { item_number: 3 } } }),
      sum: grpc("Sum", { messages, expect: { json: { sum: "3" } }, protoFiles: [shopProto] }),
      chat: grpc("Chat", { messages, expect: { messages: 2, json: { item_number: 2 } } }),
      silent: grpc("Silent", { messages, turns: "all-then-read", expect: { messages: 2 } }),
    },
  });
  await older.close();
  const kinds = Object.values(operations).map(({ method }) => [
    method?.requestStream,
    method?.responseStream,
  ]);
  expect(kinds).toEqual([
    [undefined, undefined],
    [false, false],
    [false, false],
    [false, true],
    [true, false],
    [true, true],
    [true, true],
  ]);
  expect(JSON.stringify(operations)).not.toContain("s3cret");
});

test("says what a refused call was sent with, by names and not by values", async () => {
  const wrong = { authorization: `Bearer ${env("SHOP_WRONG")}`, "x-client": "mine" };
  expect(await refused(rest("/items/1", { headers: wrong }))).toMatch(
    /^one: GET .*\/items\/1 refused the call with HTTP_401.* These headers went with it: authorization, x-client\.$/,
  );
  expect(await refused(grpc("Get", { metadata: wrong }))).toMatch(
    /refused the call with UNAUTHENTICATED \(not with Bearer \$\{SHOP_WRONG\}\)\. These metadata went with it: authorization, x-client\.$/,
  );
  expect(await refused(grpc("Get", { metadata: {} }))).toMatch(/No metadata went with it: give metadata/);
});

test("redacts a secret that is longer than what is shown of a text", async () => {
  const wrong = { authorization: `Bearer ${env("SHOP_LONG")}` };
  expect(await refused(rest("/items/1", { headers: wrong }))).toMatch(/who are you, Bearer \$\{SHOP_LONG\}/);
  expect(await refused(grpc("Get", { metadata: wrong }))).toMatch(/not with Bearer \$\{SHOP_LONG\}/);
  const message = { item_number: env("SHOP_LONG") };
  expect(await refused(grpc("Get", { message }))).toMatch(/"\$\{SHOP_LONG\}" does not fit/);
  const echoed = rest("/echo", { body: { name: env("SHOP_LONG") }, expect: { json: { name: 1 } } });
  expect(await refused(echoed)).toMatch(
    /there is "\$\{SHOP_LONG\}".* It answered: \{"name":"\$\{SHOP_LONG\}"\}$/,
  );
});

test("says what is not served there", async () => {
  expect(await refused(rest("/nowhere"))).toMatch(/is not served there: HTTP_404 \(nothing here\)/);
  expect(await refused(grpc("Gett"))).toMatch(
    /has no method Gett \(did you mean Get\?\); there are Get, List, Sum, Chat, Silent\.$/,
  );
  const other = { ...grpc("Get"), method: "shop.Item/Get" } as OperationOptions;
  expect(await refused(other)).toMatch(/there is no service shop\.Item \(did you mean shop\.Items\?\)/);
  const mute = await startShop({ token, reflection: [] });
  const untold = { ...grpc("Get"), target: mute.target } as OperationOptions;
  expect(await refused(untold)).toMatch(/\(it has no reflection\): give its \.proto files as protoFiles\.$/);
  await mute.close();
});

test("says what an answer was and what it should have been", async () => {
  expect(await refused(rest("/items/1", { expect: { json: { "item.name": "milk" } } }))).toMatch(
    /answered, but at item\.name there is "tea", and "milk" was expected\. It answered: \{"item":/,
  );
  expect(await refused(grpc("List", { message: { item_number: 2 }, expect: { messages: 3 } }))).toMatch(
    /answered, but it has 2 messages, and 3 were expected/,
  );
  // Field 1 with the number 5, field 2 with three letters.
  const five = { message: { item_number: 5 } };
  await prepare(grpc("Get", { ...five, expect: { sizeBytes: 7 } }));
  expect(await refused(grpc("Get", { ...five, expect: { sizeBytes: { least: 8, most: 9 } } }))).toMatch(
    /answered, but it has 7 bytes, and 8 to 9 were expected/,
  );
  expect(await refused(rest("/broken"))).toMatch(/its body is not the JSON that it says it is/);
  expect(await refused(rest("/moved"))).toMatch(
    /HTTP_302, which sends elsewhere: redirects are not followed/,
  );
  expect(await refused(rest("/reset"))).toMatch(/failed with (UND_ERR_SOCKET|ECONNRESET|UND_ERR_\w+)/);
  expect(shop.asked).not.toContain("GET /");
});

test("gives up what keeps silent, and tells of turns and deadlines", async () => {
  const quick = { timeoutMs: 300 };
  expect(await refused(rest("/silent"), quick)).toMatch(/did not answer within 300 ms\.$/);
  const messages = [{ item_number: 1 }, { item_number: 2 }];
  expect(await refused(grpc("Silent", { messages }), { timeoutMs: 1000 })).toMatch(/turns: "all-then-read"/);
  expect(await refused(grpc("Silent", { messages, deadlineMs: 200 }))).toMatch(/DEADLINE_EXCEEDED/);
});

test("says what cannot be asked, with its place, and asks nothing", async () => {
  const asked = shop.asked.length;
  const places = [
    [
      rest("/x", { headers: { authorization: `Bearer ${env("SHOP_NONE")}` } }),
      /one\.headers\.authorization needs the environment variable SHOP_NONE, which is not set/,
    ],
    [rest("/x", { headers: { authorization: "Bearer abc" } }), /one\.headers\.authorization holds a secret/],
    [rest("/x?api_key=abc"), /one\.url holds a secret/],
    [rest("/x?%ff=1"), /one\.url has a query parameter %ff, which is no text/],
    [rest("/x", { body: { password: "wr0ng" } }), /one\.body\.password holds a secret/],
    [grpc("Get", { message: { token: "wr0ng" } }), /one\.message\.token holds a secret/],
    [rest("/x", { body: {}, bodyFile: "a" }), /one has body and bodyFile: give one of them/],
    [
      rest("/x", { bodyFile: "/nowhere/a.bin" }),
      /one\.bodyFile: \/nowhere\/a\.bin cannot be read \(there is no such file\)/,
    ],
    [rest("/x", { metod: "POST" }), /one: Unrecognized key: "metod"/],
    [
      rest("/{{row.id}}"),
      /one\.url has \{\{row\.id\}\}, and there is no such column: give a CSV file as rows/,
    ],
    [rest("/{{now}}"), /one\.url has \{\{now\}\}, which stands for nothing here; there are \{\{index\}\}/],
    [rest("", { url: "me:wr0ng@shop.example/x?token=wr0ng" }), /one\.url: "…@shop\.example\/x\?…" is no/],
    [
      { kind: "rest", url: "ftp://127.0.0.1/" } as OperationOptions,
      /one\.url: "ftp:.*" is no address of a server/,
    ],
    [
      grpc("Get", { message: { item_numbr: 1 } }),
      /one\.message: the message shop\.Wanted has no field item_numbr \(did you mean item_number\?\)/,
    ],
    [
      grpc("Get", { message: { item_number: env("SHOP_TOKEN") } }),
      /one\.message\.item_number: .* does not fit, the field is a whole number that int32 holds/,
    ],
    [
      grpc("Get", { protoFiles: ["/nowhere/a.proto"] }),
      /one\.protoFiles: \/nowhere\/a\.proto cannot be read/,
    ],
    [grpc("Get", { target: "http://127.0.0.1:1" }), /one\.target: .* is no gRPC address/],
    [grpc("Get", { expect: { status: "NOPE" } }), /one\.expect\.status: there is no gRPC status NOPE/],
  ] as const;
  for (const [operation, place] of places) expect(await refused(operation)).toMatch(place);
  expect(shop.asked).toHaveLength(asked);
});

test("asks a server elsewhere one call after another, at its pace, and counts them", async () => {
  const shop2 = await startShop({ token, reflection: ["v1alpha"] });
  // Not taken for this machine's, and led to it.
  const there = (address: string) => address.replace("127.0.0.1", "0.0.0.0");
  const one = rest("/items/1", { url: there(`${shop2.restUrl}/items/1`) });
  const two = grpc("Get", { target: there(shop2.target) });
  const service = { operations: { one, two }, mostPerSecond: 50 };
  const begun = performance.now();
  const { callsBefore } = await prepare(service, { allowHosts: ["0.0.0.0"] });
  // Two connections, two first calls, and reflection: not v1, its services, their files, what these import.
  expect(callsBefore).toBeGreaterThanOrEqual(2 + 2 + 3);
  // A timer may fire up to a millisecond early.
  expect(performance.now() - begun).toBeGreaterThan(callsBefore * (20 - 1));
  await expect(prepare({ ...service, mostCalls: 3 }, { allowHosts: ["0.0.0.0"] })).rejects.toThrow(
    /need more than 3 calls .* raise mostCalls/,
  );
  await shop2.close();
  expect((await prepare(rest("/items/1"))).callsBefore).toBe(0);
});

test("calls no host but this machine's loopback address, unless it is allowed by name", async () => {
  const url = "http://shop.example/items";
  const elsewhere: OperationOptions = { kind: "rest", url };
  expect(await refused(elsewhere)).toMatch(
    /calls shop\.example, which is not this machine's loopback address.*allowHosts: \["shop\.example"\], or wirelab run … --allow-host shop\.example/,
  );
  expect(await refused({ kind: "grpc", target: "192.0.2.1:50051", method: "a.B/C" })).toMatch(
    /calls 192\.0\.2\.1/,
  );
  const nowhere = `127.0.0.1:${await freePort()}`;
  expect(await refused({ kind: "grpc", target: nowhere, method: "a.B/C" })).toMatch(
    /does not answer \(nothing listens there\)/,
  );
});
