// The call of the lab's gRPC arms, for k6, whose users have a connection each.
import { check } from "k6";
import { Client, StatusOK } from "k6/net/grpc";

const client = new Client();
client.load([__ENV.PROTO_FOLDER], "increment.proto");

export default function () {
  if (__ITER === 0) client.connect(__ENV.GRPC_ADDRESS, { plaintext: true });
  const answer = client.invoke("increment.Incrementer/Increment", { value: 1 });
  check(answer, { ok: ({ status }) => status === StatusOK });
}

export function handleSummary({ metrics }) {
  const calls = metrics.iterations?.values.count ?? 0;
  const failed = calls - (metrics.checks?.values.passes ?? 0);
  return { stdout: JSON.stringify({ calls, failed }) };
}
