import { describe, expect, it } from "vitest";
import { makePlan } from "../experiment/plan/plan.js";
import { closedLoad } from "../schedule/load-choice.js";
import { loadClaims } from "./published/claims.js";
import { postStack } from "./published/post-stack.js";
import { ratioStops } from "./ratio-steps.js";

const load = closedLoad({ users: 10, runTimeMs: 1000 });

describe("the path from a published ratio", () => {
  it.each(["000-add-local", "000-image-local", "001-median-30", "003-rest-vs-grpc", "004-median"])(
    "of %s starts at the post's stack, ends at ours, and changes one thing a stop",
    (id) => {
      const claim = loadClaims().find((each) => each.id === id);
      expect(claim?.ratio).toBeGreaterThan(0);
      const stops = ratioStops(id);
      const underLoad = id.startsWith("001") || id.startsWith("004");
      for (const { first, second } of stops) {
        const options = { work: claim?.work ?? "", arms: [first, second], ...(underLoad && { load }) };
        expect(() => makePlan(options)).not.toThrow();
      }
      expect([stops[0]?.first.program, stops.at(-1)?.first.program]).toEqual([
        expect.not.stringMatching("node"),
        "node",
      ]);
      const [stop] = stops;
      const own = postStack(claim?.post ?? "").map(({ arm, program }) => [arm, program]);
      expect(own).toContainEqual([stop?.first.arm, stop?.first.program]);
      expect(own).toContainEqual([stop?.second.arm, stop?.second.program]);
      const sides = stops.map(({ first, second }) => [first.arm, first.program, second.arm, second.program]);
      for (const [i, side] of sides.slice(1).entries()) {
        const before = sides[i] ?? [];
        const changed = ["arm", "program"].filter((_, kind) =>
          [kind, kind + 2].some((at) => side[at] !== before[at]),
        );
        expect(changed).toHaveLength(1);
      }
    },
  );

  it("says which claims have one", () => {
    expect(() => ratioStops("002-latency")).toThrow(
      /no path .* 002-latency; there are those of 000-add-local/,
    );
  });
});
