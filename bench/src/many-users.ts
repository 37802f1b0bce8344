import { closedLoad } from "wirelab/dist/schedule/load-choice.js";
import { measureLoad } from "./measured-load.js";
import type { Bench, BenchRow } from "./row.js";

const users = 10_000;
/** Most of the client, in MB. */
const arms = [
  { arm: "rest", mostMb: 500 },
  { arm: "grpc-own-connection", mostMb: 1500 },
] as const;

/** Whether one client process carries ten thousand users who think for one to two seconds, each on a connection of its own. */
export async function manyUsersRow(bench: Bench): Promise<BenchRow> {
  const load = closedLoad({
    users: bench.smoke ? 50 : users,
    spawnPerSecond: 1000,
    thinkMs: [1000, 2000],
    runTimeMs: bench.smoke ? 500 : 30_000,
  });
  const said: string[] = [];
  let holds = true;
  for (const [done, { arm, mostMb }] of arms.entries()) {
    bench.onStep(done, arms.length, arm);
    const { calls, round } = await measureLoad(arm, load, bench);
    const failed = calls.filter(({ ok }) => !ok).length;
    const known = round.seconds.flatMap(({ clientBytes }) => (clientBytes === null ? [] : [clientBytes]));
    const megabytes = known.length === 0 ? Number.NaN : Math.max(...known) / 1e6;
    holds &&= failed === 0 && megabytes <= mostMb;
    said.push(
      `${arm} ${failed} of ${calls.length.toLocaleString("en")} calls failed, ${megabytes.toFixed(0)} MB`,
    );
  }
  return {
    what: `${users.toLocaleString("en")} users who think for 1–2 s, 30 s: errors; memory of the client`,
    bound: `0; REST ≤ ${arms[0].mostMb} MB, gRPC ≤ ${arms[1].mostMb} MB`,
    said: said.join("; "),
    holds,
  };
}
