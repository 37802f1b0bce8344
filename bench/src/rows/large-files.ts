import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { sqlPath, withDuckDb } from "wirelab/dist/record/parquet/duckdb.js";

/** The map of columns of `writeOwnTable`'s files. */
export const ownTableMap = "start=time,ms=latency,arm=endpoint,status=code,bytes=size";

/** A CSV file of so many calls of two arms in turns, 10,000 a second, log-normal in all likelihood; a thousandth of them failed. */
export async function writeOwnTable(path: string, calls: number): Promise<void> {
  const uniform = (salt: string) => `(hash(i, '${salt}') % 1000003 / 1000003.0)`;
  const normal = `sqrt(-2 * ln(1 - ${uniform("a")})) * cos(2 * pi() * ${uniform("b")})`;
  await withDuckDb((connection) =>
    connection.run(
      `COPY (SELECT CAST(1795317306 + i / 10000.0 AS DECIMAL(18, 4)) AS time, if(i % 2 = 0, 'GET /a', 'POST /b') AS endpoint, ` +
        `CAST(exp(1 + 0.5 * ${normal}) * if(i % 2 = 0, 1, 1.3) AS DECIMAL(12, 3)) AS latency, if(hash(i, 'c') % 1000 = 0, 500, 200) AS code, ` +
        `100 + hash(i, 'd') % 900 AS size FROM range(${calls}) r(i)) TO ${sqlPath(path)} (FORMAT csv, HEADER)`,
    ),
  );
}

/** What k6 writes besides the duration of each request. */
const otherMetrics = [
  "http_reqs",
  "http_req_blocked",
  "http_req_connecting",
  "http_req_tls_handshaking",
  "http_req_sending",
  "http_req_waiting",
  "http_req_receiving",
  "http_req_failed",
];

/** A file as `k6 run --out json=FILE` writes it, of at least so many bytes; gives the number of its requests. */
export async function writeK6Json(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path);
  let [written, requests] = [0, 0];
  while (written < bytes) {
    const text = Array.from({ length: 200 }, () => pointsOf(requests++)).join("");
    written += text.length;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return requests;
}

function pointsOf(request: number): string {
  const time = new Date(1_795_317_306_000 + request).toISOString();
  const tags =
    '{"expected_response":"true","group":"","method":"GET","name":"http://127.0.0.1:5000/increment","proto":"HTTP/1.1","scenario":"default","status":"200","url":"http://127.0.0.1:5000/increment"}';
  const point = (metric: string, value: number) =>
    `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${value},"tags":${tags}}}\n`;
  const durationMs = 1 + ((request * 7919) % 1009) / 1000;
  return [...otherMetrics.map((metric) => point(metric, 0)), point("http_req_duration", durationMs)].join("");
}
