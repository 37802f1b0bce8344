import fc from "fast-check";
import { expect, it } from "vitest";
import { binFinder, binOf, cutsOf } from "./value-bins.js";

it("finds the same bin by the bits of a double as by searching all cuts, and bins ascend", () => {
  const value = fc.oneof(
    fc.constantFrom(0, -0, 1, 1.0000001, 5e-324, 1e300, Number.POSITIVE_INFINITY),
    fc.double({ noNaN: true }),
    fc.double({ min: 0.1, max: 10, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3000 }), fc.array(value), (values, others) => {
      const cuts = cutsOf([Float64Array.from(values)], values.length);
      const find = binFinder(cuts);
      const all = [...values, ...others].sort((a, b) => a - b);
      const bins = all.map(find);
      expect(bins).toEqual(all.map((one) => binOf(cuts, one)));
      expect(bins).toEqual(bins.toSorted((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
