import { describe, expect, it } from "vitest";
import { makePlan } from "../../experiment/plan/plan.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { loadClaims } from "./claims.js";
import { postStack } from "./post-stack.js";

const load = closedLoad({ users: 10, runTimeMs: 1000 });

describe("a post's own stack", () => {
  it.each([
    ["000", "add", {}],
    ["000", "image", {}],
    ["001", "payload", { load }],
    ["003", "increment", {}],
    ["004", "factorial", { load }],
  ])("%s can be measured for %s, and none of it is ours", (post, work, options) => {
    const { servers } = makePlan({ work, arms: postStack(post), ...options });
    expect(servers.map(({ program }) => program)).not.toContain("node");
  });

  it.each(["000", "001", "003", "004"])("%s has arms that its claims compare", (post) => {
    const claims = loadClaims().filter((claim) => claim.post === post);
    const compared = new Set(claims.flatMap(({ first, second }) => [first, second]));
    const named = postStack(post).map(({ name }) => name);
    expect(named.filter((name) => compared.has(name)).length).toBeGreaterThan(1);
  });

  it("says which posts and names there are", () => {
    expect(postStack("003", ["grpc"])).toEqual([{ name: "grpc", arm: "grpcio", program: "grpcio" }]);
    expect(() => postStack("002")).toThrow(/post 002 is not here; there are those of 000, 001, 003, 004/);
    expect(() => postStack("000", ["grpc-stream"])).toThrow(/no "grpc-stream"; its stack has rest-new/);
  });
});
