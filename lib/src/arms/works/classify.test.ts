import { type AddressInfo, createServer } from "node:net";
import { Server, ServerCredentials, type ServerDuplexStream } from "@grpc/grpc-js";
import { afterEach, expect, test } from "vitest";
import { type CallingArm, newAnswer } from "../arm.js";
import { grpcStreamArm } from "../grpc/grpc-stream.js";
import type { WorkInput } from "../workload.js";
import { type Classified, classifyWorkload } from "./classify.js";

const workload = classifyWorkload();
const sevenAnswered = { label: "7", confidence: 0.5, inference_ms: 1 };
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

test("goes through all ten digits by the answers, and sees an answer to another call", () => {
  const seen: (string | null)[] = [];
  let input = workload.first;
  for (let call = 0; call < 11; call++) {
    seen.push(input.answer);
    const answer = { ...sevenAnswered, label: input.answer as string };
    expect(workload.isRight(input, answer)).toBe(true);
    input = workload.next(answer);
    expect(workload.isRight(input, answer)).toBe(false);
  }
  expect(seen).toEqual([..."0123456789", "0"]);
});

test("sends another's picture as it is, again and again, and takes any label where none is known", () => {
  const image: WorkInput = { bytes: Buffer.from("x"), contentType: "image/jpeg", answer: null };
  const theirs = classifyWorkload(image);
  expect(theirs.first).toBe(image);
  expect(theirs.next(sevenAnswered)).toBe(image);
  expect(theirs.isRight(image, sevenAnswered)).toBe(true);
  expect(theirs.rest.body.contentType).toBe("image/jpeg");
  expect(Buffer.from(theirs.rest.multipart?.make(image) ?? "").toString()).toContain(
    "Content-Type: image/jpeg",
  );
  expect(classifyWorkload({ ...image, answer: "3" }).isRight({ ...image, answer: "3" }, sevenAnswered)).toBe(
    false,
  );
});

test.each([null, {}, "7", { label: 7, confidence: 1, inference_ms: 1 }, { label: "7", confidence: 1 }])(
  "does not take %j for an answer",
  (json) => expect(workload.rest.read(json)).toBeNull(),
);

/** Callers of the stream arm on a server whose every stream answers with what `labelOf` says; null is never answered. */
async function streamCallers(
  labelOf: (stream: number, message: number) => string | null,
  { callers, timeoutMs }: { callers: number; timeoutMs: number },
) {
  let streams = 0;
  const grpc = new Server();
  grpc.addService(workload.grpc.service, {
    Predict: () => {},
    PredictStream: (call: ServerDuplexStream<object, Classified>) => {
      const stream = streams++;
      let messages = 0;
      call.on("data", () => {
        const label = labelOf(stream, messages++);
        if (label !== null) call.write({ label, confidence: 1, inference_ms: 1 });
      });
      call.on("end", () => call.end());
    },
  });
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = createServer((socket) => injector.injectConnection(socket));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  opened.push(() => {
    listener.close();
    grpc.forceShutdown();
  });
  const grpcAddress = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const endpoints = { restUrl: "", grpcAddress };
  const arm = grpcStreamArm.open({ workload, endpoints, callers, timeoutMs, nextConnectionId: () => 0 });
  opened.push(() => arm.close());
  return (arm as CallingArm<WorkInput, Classified>).callers.map((caller) => ({
    call: async () => {
      const answer = newAnswer<Classified>();
      await caller.call(workload.first, answer);
      return answer.ok ? "ok" : answer.error;
    },
    cancel: (code: string) => caller.cancel(code),
  }));
}

test("an answer that is lost on the stream times out, and no call after it gets another's answer", async () => {
  // The first stream loses the answer to its second message; were calls matched on, the third would be the second's.
  const labelOf = (stream: number, message: number) => (stream === 0 && message === 1 ? null : "0");
  const [only] = await streamCallers(labelOf, { callers: 1, timeoutMs: 300 });
  const outcomes: (string | undefined)[] = [];
  for (let call = 0; call < 4; call++) outcomes.push(await only?.call());
  expect(outcomes).toEqual(["ok", "TIMEOUT", "ok", "ok"]);
});

test("giving up one call on the stream gives up all that wait on it, and the next ones are answered", async () => {
  let tellArrived = () => {};
  const arrived = new Promise<void>((resolve) => {
    tellArrived = resolve;
  });
  const labelOf = (stream: number, message: number) => {
    if (message === 2) tellArrived();
    return stream === 0 ? null : "0";
  };
  const callers = await streamCallers(labelOf, { callers: 3, timeoutMs: 20_000 });
  const waiting = callers.map(({ call }) => call());
  await arrived;
  callers[1]?.cancel("INTERRUPTED");
  expect(await Promise.all(waiting)).toEqual(["CANCELLED", "INTERRUPTED", "CANCELLED"]);
  expect(await Promise.all(callers.map(({ call }) => call()))).toEqual(["ok", "ok", "ok"]);
});
