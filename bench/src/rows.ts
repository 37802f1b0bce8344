import { WirelabError } from "wirelab/dist/errors.js";
import type { RunRow } from "./row.js";
import { askedRateRow } from "./rows/asked-rate.js";
import { classifierRow } from "./rows/classifier.js";
import { coverageRow } from "./rows/coverage.js";
import { hiddenLayerRow } from "./rows/hidden-layer.js";
import { hourRow } from "./rows/hour.js";
import { importTenMillionRow } from "./rows/import-10m.js";
import { k6GigabyteRow } from "./rows/k6-1gb.js";
import { linkBytesRow } from "./rows/link-bytes.js";
import { linkEchoRow } from "./rows/link-echo.js";
import { locustIntakeRow } from "./rows/locust-intake.js";
import { manyUsersRow } from "./rows/many-users.js";
import { memoryRow } from "./rows/memory.js";
import { noiseRow } from "./rows/noise.js";
import { grpcBareCpuRow, overheadGrpcRow, overheadRestRow } from "./rows/overhead.js";
import { overheadPythonGrpcRow, overheadPythonRestRow } from "./rows/overhead-python.js";
import { pageRow } from "./rows/page.js";
import { pageMillionRow } from "./rows/page-1m.js";
import { delayFreshRow, delayWithinRow } from "./rows/planted-delay.js";
import { predictionRow } from "./rows/prediction.js";
import { stallRow } from "./rows/stall.js";
import { startRow } from "./rows/start.js";
import {
  ghzCpuRow,
  ghzManyRateRow,
  ghzRateRow,
  ghzRow,
  k6GrpcCpuRow,
  k6RestCpuRow,
  locustCpuRow,
  wrkCpuRow,
  wrkManyRateRow,
  wrkRateRow,
  wrkRow,
} from "./rows/tool-rows.js";
import { verdictsRow } from "./rows/verdicts.js";

/** A row by the name that the command line knows it by. */
export interface NamedRow {
  readonly name: string;
  readonly run: RunRow;
}

/** All rows, in the order of the table. */
export const rows: readonly NamedRow[] = [
  { name: "overhead-rest", run: overheadRestRow },
  { name: "overhead-grpc", run: overheadGrpcRow },
  { name: "overhead-python-rest", run: overheadPythonRestRow },
  { name: "overhead-python-grpc", run: overheadPythonGrpcRow },
  { name: "grpc-bare-cpu", run: grpcBareCpuRow },
  { name: "wrk", run: wrkRow },
  { name: "ghz", run: ghzRow },
  { name: "wrk-rate", run: wrkRateRow },
  { name: "ghz-rate", run: ghzRateRow },
  { name: "wrk-rate-100", run: wrkManyRateRow },
  { name: "ghz-rate-100", run: ghzManyRateRow },
  { name: "wrk-cpu", run: wrkCpuRow },
  { name: "ghz-cpu", run: ghzCpuRow },
  { name: "k6-rest-cpu", run: k6RestCpuRow },
  { name: "k6-grpc-cpu", run: k6GrpcCpuRow },
  { name: "locust-cpu", run: locustCpuRow },
  { name: "noise", run: noiseRow },
  { name: "delay-within", run: delayWithinRow },
  { name: "delay-fresh", run: delayFreshRow },
  { name: "hidden-layer", run: hiddenLayerRow },
  ...["01", "02", "03", "04", "05"].map((number) => ({
    name: `verdicts-${number}`,
    run: verdictsRow(number),
  })),
  { name: "coverage", run: ({ smoke }) => coverageRow(smoke ? 20 : 2000) },
  { name: "link-echo", run: linkEchoRow },
  { name: "link-bytes", run: linkBytesRow },
  { name: "prediction", run: predictionRow },
  { name: "classifier", run: classifierRow },
  { name: "asked-rate", run: askedRateRow },
  { name: "stall", run: stallRow },
  { name: "many-users", run: manyUsersRow },
  { name: "locust-intake", run: locustIntakeRow },
  { name: "start", run: startRow(["00", "01"], 60) },
  { name: "start-02-04", run: startRow(["02", "04"], 90) },
  { name: "start-03-05", run: startRow(["03", "05"], 120) },
  { name: "start-06", run: startRow(["06"], 180) },
  { name: "page", run: pageRow },
  { name: "page-1m", run: pageMillionRow },
  { name: "import-10m", run: importTenMillionRow },
  { name: "k6-1gb", run: k6GigabyteRow },
  { name: "memory", run: memoryRow },
  { name: "hour", run: hourRow },
];

/**
 * The rows that are asked for, in the order of the table; all when none is.
 *
 * @throws WirelabError `usage` for a name that no row has
 */
export function chooseRows(names: readonly string[]): readonly NamedRow[] {
  const known = rows.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new WirelabError("usage", `The bench has no row "${unknown}"; choose from ${known.join(", ")}.`);
  }
  return names.length === 0 ? rows : rows.filter(({ name }) => names.includes(name));
}
