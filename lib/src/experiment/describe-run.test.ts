import { expect, it } from "vitest";
import { describeRun } from "./describe-run.js";
import { makePlan } from "./plan/plan.js";

it("tells servers that ran already apart, and does not keep where they are", () => {
  const described = (restUrl: string) => {
    const plan = makePlan({ arms: ["rest"], host: "remote", remote: { restUrl, grpcAddress: null } });
    return describeRun(plan, null, "any");
  };
  const [one, other] = [described("http://192.0.2.1:80"), described("http://192.0.2.2:80")];
  expect(one.addressesSha256).toBe(described("http://192.0.2.1:80").addressesSha256);
  expect(one.addressesSha256).not.toBe(other.addressesSha256);
  expect(JSON.stringify(one)).not.toContain("192.0.2.1");
  expect(describeRun(makePlan({ arms: ["rest"] }), null, "any")).not.toHaveProperty("addressesSha256");
});
