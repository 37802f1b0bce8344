// The request of the lab's REST arm, for k6.
import http from "k6/http";

const url = `${__ENV.REST_URL}/increment`;
const options = { headers: { "content-type": "application/json" } };

export default function () {
  http.post(url, '{"value":1}', options);
}

export function handleSummary({ metrics }) {
  const calls = metrics.http_reqs?.values.count ?? 0;
  const failed = metrics.http_req_failed?.values.passes ?? 0;
  return { stdout: JSON.stringify({ calls, failed }) };
}
