import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.js";
import { rejectWritten, rejectWrittenIn, Secrets } from "./secrets.js";
import { type CallValues, fixedOf, jsonTemplate, textTemplate } from "./template.js";
import { callValues } from "./values.js";

const reference = (name: string) => `\${${name}}`;
const secrets = new Secrets({ TOKEN: "a b", EMPTY: "" });
const options = { where: "one.body", secrets, columns: ["id", "name"] };
const values = (index: number): CallValues => ({
  index,
  caller: 2,
  random: createRandom(7),
  row: { id: "17", name: 'Tea "green"' },
});

describe("textTemplate", () => {
  it("fills in what changes, and makes what does not once", () => {
    const template = textTemplate("/{{ row.id }}/{{index}}?by={{caller}}", options);
    expect([template.make(values(3)), template.make(values(4))]).toEqual(["/17/3?by=2", "/17/4?by=2"]);
    expect(fixedOf(template)).toBeNull();
    expect(fixedOf(textTemplate(`Bearer ${reference("TOKEN")}`, options))).toBe("Bearer a b");
  });

  it("puts values in so that they do not end what they stand in", () => {
    const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
    const template = textTemplate('{"name":"{{row.name}}"}', options, quoted);
    expect(JSON.parse(template.make(values(0)))).toEqual({ name: 'Tea "green"' });
    expect(fixedOf(textTemplate(`?t=${reference("TOKEN")}`, options, encodeURIComponent))).toBe("?t=a%20b");
  });

  it("leaves text without placeholders as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/\{\{|\$\{/.test(text));
        expect(fixedOf(textTemplate(text, options))).toBe(text);
      }),
    );
    expect(fixedOf(textTemplate(`$${reference("TOKEN")}`, options))).toBe(reference("TOKEN"));
  });

  it("draws the same for the same seed and place, in their form", () => {
    const drawn = (seed: number) => {
      const next = callValues({ caller: 0, callers: 1, seed }, { columns: [], all: [] });
      const template = textTemplate("{{uuid}} {{int -3 3}} {{text 8}}", options);
      return Array.from({ length: 50 }, () => template.make(next()));
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(new Set([...drawn(1), ...drawn(2)]).size).toBe(100);
    for (const text of drawn(1)) {
      expect(text).toMatch(
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12} -?[0-3] [a-z]{8}$/,
      );
    }
  });

  it("says what stands for nothing, and which variable is not there", () => {
    expect(() => textTemplate("{{int 3 1}}", options)).toThrow(/one\.body has \{\{int 3 1\}\}/);
    expect(() => textTemplate("{{row.nam}}", options)).toThrow(/its rows have id, name\./);
    expect(() => textTemplate(reference("EMPTY"), options)).toThrow(/environment variable EMPTY/);
  });
});

describe("jsonTemplate", () => {
  it("makes numbers of placeholders that stand alone", () => {
    const json = { id: "{{index}}", list: ["{{caller}}", "no {{index}}", 1, null], fixed: { a: true } };
    expect(jsonTemplate(json, options).make(values(5))).toEqual({
      id: 5,
      list: [2, "no 5", 1, null],
      fixed: { a: true },
    });
  });
});

it("callers take indices and rows in turn", () => {
  const rows = { columns: ["id"], all: [{ id: "a" }, { id: "b" }, { id: "c" }] };
  const callers = [0, 1].map((caller) => callValues({ caller, callers: 2, seed: 1 }, rows));
  const taken = [0, 1].flatMap(() => callers.map((next) => next()));
  expect(taken.map(({ index, row }) => [index, row?.id])).toEqual([
    [0, "a"],
    [1, "b"],
    [2, "c"],
    [3, "a"],
  ]);
});

it("redacts a secret however it was written", () => {
  const token = 'pa"ss wörd/with=marks';
  const known = new Secrets({ TOKEN: token, LONGER: `${token}!` });
  known.valueOf("TOKEN", "x");
  known.valueOf("LONGER", "x");
  const bytes = Buffer.from(token);
  const forms = [
    token,
    JSON.stringify(token),
    encodeURIComponent(token),
    bytes.toString("base64"),
    bytes.toString("hex"),
  ];
  for (const form of forms) {
    expect(known.redact(`before ${form} after`)).toMatch(/^before "?\$\{TOKEN\}=*"? after$/);
  }
  expect(known.redact(`${token}!`)).toBe(reference("LONGER"));
  const one = new Secrets({ TOKEN: token });
  one.valueOf("TOKEN", "x");
  for (const name of ["", "a", "me"]) {
    const basic = one.redact(Buffer.from(`${name}:${token} and`).toString("base64"));
    expect(basic).toContain(reference("TOKEN"));
    expect(basic.length).toBeLessThan(8 + 8 + reference("TOKEN").length);
  }
});

it("refuses a secret by the name that it is under, and takes what is filled in", () => {
  for (const value of [`Bearer ${reference("TOKEN")}`, "Bearer {{row.token}}", "{{uuid}}"]) {
    expect(() => rejectWritten("x-csrf-token", value, "one")).not.toThrow();
  }
  expect(() => rejectWritten("x-csrf-token", `$${reference("TOKEN")}`, "one")).toThrow(/one holds a secret/);
  const written = { user: { name: "me", password: "hunter2" } };
  expect(() => rejectWrittenIn(written, "one.body")).toThrow(/^one\.body\.user\.password holds a secret/);
  expect(() => rejectWrittenIn({ tokens: ["a"] }, "one.body")).toThrow(/^one\.body\.tokens\.0 holds/);
  const taken = { password: reference("TOKEN"), tokens: 5, secret: true, session: null, cookie: "" };
  expect(() => rejectWrittenIn(taken, "one.body")).not.toThrow();
});
