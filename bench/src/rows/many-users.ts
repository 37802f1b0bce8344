import { closedLoad } from "wirelab/dist/schedule/load-choice.js";
import { type MeasuredLoad, measureLoad, steady, withBareServer } from "../calling/measured-load.js";
import type { Bench, BenchRow } from "../row.js";

const users = 10_000;
const mostMb = { rest: 500, grpc: 1500 };

/**
 * Whether one client process carries ten thousand users who think for one to two seconds, each on a connection of its own:
 * REST against a bare server, gRPC against the lab's own. A call may take 30 s: how fast they are is not asked here.
 */
export async function manyUsersRow(bench: Bench): Promise<BenchRow> {
  const load = closedLoad({
    users: bench.smoke ? 50 : users,
    spawnPerSecond: 1000,
    thinkMs: [1000, 2000],
    runTimeMs: bench.smoke ? 500 : 30_000,
  });
  const patient = { timeoutMs: 30_000 };
  bench.onStep(0, 2, "REST");
  const rest = await withBareServer(steady, bench, (server) =>
    measureLoad("rest", load, bench, { ...server, ...patient }),
  );
  bench.onStep(1, 2, "gRPC");
  const grpc = await measureLoad("grpc-own-connection", load, bench, patient);
  const told = [tell("REST", rest, mostMb.rest), tell("gRPC", grpc, mostMb.grpc)];
  return {
    what: `${users.toLocaleString("en")} users who think for 1–2 s, 30 s: errors; memory of the client`,
    bound: `0; REST ≤ ${mostMb.rest} MB, gRPC ≤ ${mostMb.grpc} MB`,
    said: told.map(({ said }) => said).join("; "),
    holds: told.every(({ holds }) => holds),
  };
}

function tell(name: string, { calls, round }: MeasuredLoad, most: number) {
  const failed = calls.filter(({ ok }) => !ok).length;
  const known = round.seconds.flatMap(({ clientBytes }) => (clientBytes === null ? [] : [clientBytes]));
  const megabytes = known.length === 0 ? Number.NaN : Math.max(...known) / 1e6;
  const perSecond = Math.round((calls.length / (round.seconds.at(-1)?.atMs ?? Number.NaN)) * 1000);
  return {
    said: `${name} ${failed} of ${calls.length.toLocaleString("en")} calls, ${megabytes.toFixed(0)} MB, ${perSecond.toLocaleString("en")} calls/s`,
    holds: failed === 0 && megabytes <= most,
  };
}
