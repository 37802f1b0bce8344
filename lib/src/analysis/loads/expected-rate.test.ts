import { expect, test } from "vitest";
import { closedLoad } from "../../schedule/load-choice.js";
import { drawThinkMs, spawnAtMs } from "../../schedule/users.js";
import { createRandom } from "../../stats/random.js";
import { expectedRate } from "./expected-rate.js";

/** Calls a second that end within the run time, user by user. */
function simulated(load: ReturnType<typeof closedLoad>, callMs: number): number {
  const random = createRandom(7);
  const runs = 200;
  let ended = 0;
  for (let run = 0; run < runs; run++) {
    for (let user = 0; user < load.users; user++) {
      for (
        let atMs = spawnAtMs(user, load) + callMs;
        atMs <= load.runTimeMs;
        atMs += drawThinkMs(load.thinkMs, random) + callMs
      ) {
        ended++;
      }
    }
  }
  return (1000 * ended) / runs / load.runTimeMs;
}

test.each([
  {
    name: "a short run",
    options: { users: 100, spawnPerSecond: 100, thinkMs: [1000, 2000] as const, runTimeMs: 5000 },
  },
  {
    name: "the post's run",
    options: { users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000] as const, runTimeMs: 180_000 },
  },
  { name: "users who all begin at once", options: { users: 20, thinkMs: 100, runTimeMs: 10_000 } },
])("the rate of $name is what simulated users have", ({ options }) => {
  const load = closedLoad(options);
  for (const callMs of [1, 50]) {
    const { expectedPerSecond } = expectedRate({ arm: "rest", load, meanMs: callMs, callsPerSecond: 0 });
    expect(expectedPerSecond / simulated(load, callMs)).toBeCloseTo(1, 1.6);
  }
});
