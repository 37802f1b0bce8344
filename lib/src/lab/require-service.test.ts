import { expect, it } from "vitest";
import { parseOperation } from "../arms/operation/operation.js";
import type { ArmInfo } from "../record/run-info.js";
import { sampleInfo } from "../record/testing/samples.js";
import { requireService } from "./require-service.js";

const items = (path: string, folder: string) =>
  parseOperation(
    { bodyFile: `${folder}sent.json`, kind: "rest", url: `http://127.0.0.1:8080/${path}` },
    path,
  );
const [template] = sampleInfo().arms as [ArmInfo];
const info = sampleInfo({
  arms: [{ ...template, name: "items × 4", operation: "items" }],
  service: { operations: { items: items("items", "") }, sameWork: false, bounds: null },
});
const run = { info, folder: "kept", warnings: [], calls: () => Promise.reject(new Error("not read")) };

it("takes a run of the same operations, wherever their files are, and refuses one of others", () => {
  const [own, other] = [items("items", "/here/"), items("others", "/here/")];
  expect(() => requireService(run, { operations: { items: own } }, undefined)).not.toThrow();
  expect(() => requireService(run, { operations: { items: other } }, undefined)).toThrow(
    /kept is of another service: "items" was another operation/,
  );
  expect(() => requireService(run, { operations: { post: own } }, ["post"])).toThrow(
    /"items" is not in the service/,
  );
  const more = { operations: { items: own, more: other } };
  expect(() => requireService(run, more, undefined)).toThrow(/did not call "more"/);
  expect(() => requireService(run, more, ["items × 4"])).not.toThrow();
});
