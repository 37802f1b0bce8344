import fc from "fast-check";
import { expect, test } from "vitest";
import { GrowingBytes } from "./growing-bytes.js";

test("is what the pieces are together, until they are too many", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 30 });
  fc.assert(
    fc.property(pieces, fc.nat({ max: 300 }), (all, maxBytes) => {
      const growing = new GrowingBytes(maxBytes);
      const whole = Buffer.concat(all);
      const fits = all.every((piece) => growing.append(Buffer.from(piece)));
      expect(fits).toBe(whole.length <= maxBytes);
      expect(growing.bytes().equals(fits ? whole : Buffer.alloc(0))).toBe(true);
    }),
    { seed: 8 },
  );
});
