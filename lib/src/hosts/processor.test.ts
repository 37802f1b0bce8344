import { expect, it } from "vitest";
import { allowedProcessors, pinned } from "./processor.js";

it.each([
  ["0-1", [0, 1]],
  ["3", [3]],
  ["0,2-4,7", [0, 2, 3, 4, 7]],
])("reads the processors that this process may use from %s", (list, processors) => {
  expect(allowedProcessors(`Name:\tnode\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`)).toEqual(
    processors,
  );
});

it("knows of none where the system does not tell, and then leaves a command as it is", () => {
  expect(allowedProcessors("")).toEqual([]);
  expect(pinned(["node", "x.js"], null)).toEqual(["node", "x.js"]);
});
