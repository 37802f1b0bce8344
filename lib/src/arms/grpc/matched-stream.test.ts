import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Matching } from "../workload.js";
import { MatchedStream, type StreamCallError } from "./matched-stream.js";

/** A stream that keeps what is written, to be answered by the test in any order. */
function recordedStream(matching: Matching = "id") {
  const sent: { id: number; value: number }[] = [];
  const duplex = {
    write: (message: object) => sent.push(message as { id: number; value: number }),
    end: () => {},
    cancel: vi.fn(),
  };
  return { sent, cancel: duplex.cancel, stream: new MatchedStream<number>(duplex, matching) };
}

const send = (stream: MatchedStream<number>, value: number, timeoutMs = 60_000) =>
  stream.call((id) => ({ id, value }), { timeoutMs });

describe("MatchedStream", () => {
  it("gives every caller its own answer, in whatever order answers come", async () => {
    const calls = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(calls, fc.infiniteStream(fc.nat()), async (values, random) => {
        const { sent, stream } = recordedStream();
        const answers = values.map((value) => send(stream, value));
        expect(stream.outstandingCalls).toBe(values.length);
        const shuffled = [...sent].sort(() => ((random.next().value as number) % 2 ? 1 : -1));
        for (const { id, value } of shuffled) stream.answered(id, value + 1);
        expect(await Promise.all(answers)).toEqual(values.map((value) => value + 1));
        expect(stream.outstandingCalls).toBe(0);
      }),
    );
  });

  it("rejects every outstanding call, and every later one, with the cause when the stream ends", async () => {
    const { stream } = recordedStream();
    const answers = [send(stream, 1), send(stream, 2)];
    stream.ended("UNAVAILABLE", 14, "connection reset");
    for (const answer of [...answers, send(stream, 3)]) {
      await expect(answer).rejects.toMatchObject({ code: "UNAVAILABLE", status: 14 });
      await expect(answer).rejects.toThrow(/connection reset/);
    }
    expect(stream.outstandingCalls).toBe(0);
  });

  it("rejects only the calls that are past their own deadline, and counts their late answers", async () => {
    vi.useFakeTimers();
    try {
      const { sent, stream } = recordedStream();
      const patient = send(stream, 1, 5000);
      const hasty = send(stream, 2, 100);
      const outcome = hasty.catch((error: StreamCallError) => error.code);
      await vi.advanceTimersByTimeAsync(200);
      expect(await outcome).toBe("TIMEOUT");
      stream.answered(sent[1]?.id as number, 3);
      expect(stream.unmatched).toBe(1);
      stream.answered(sent[0]?.id as number, 2);
      expect(await patient).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("arms itself again for a later deadline", async () => {
    vi.useFakeTimers();
    try {
      const { stream } = recordedStream();
      const codes = [300, 100, 200].map((timeoutMs) =>
        send(stream, 0, timeoutMs).catch((error: StreamCallError) => error.code),
      );
      await vi.advanceTimersByTimeAsync(400);
      expect(await Promise.all(codes)).toEqual(["TIMEOUT", "TIMEOUT", "TIMEOUT"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("counts repeated answers and answers to ids that were never sent", async () => {
    const { sent, stream } = recordedStream();
    const answer = send(stream, 1);
    const { id } = sent[0] as { id: number };
    stream.answered(id, 2);
    stream.answered(id, 3);
    stream.answered(id + 99, 4);
    expect(await answer).toBe(2);
    expect(stream.unmatched).toBe(2);
  });
});

describe("MatchedStream by order", () => {
  const codeOf = (answer: Promise<number>) => answer.catch((error: StreamCallError) => error.code);

  it("gives every caller the answer at its own place, whatever ids answers carry", async () => {
    const { stream } = recordedStream("order");
    const answers = [1, 2, 3].map((value) => send(stream, value));
    stream.answered(0, 10);
    stream.answered(0, 20);
    const later = send(stream, 4);
    stream.answered(3, 30);
    stream.answered(1, 40);
    expect(await Promise.all([...answers, later])).toEqual([10, 20, 30, 40]);
    expect(stream.outstandingCalls).toBe(0);
  });

  it("counts an answer that nobody waits for", () => {
    const { stream } = recordedStream("order");
    stream.answered(0, 1);
    expect(stream.unmatched).toBe(1);
  });

  it("rejects every outstanding call when the stream ends", async () => {
    const { stream } = recordedStream("order");
    const answers = [send(stream, 1), send(stream, 2)];
    stream.answered(0, 10);
    stream.ended("UNAVAILABLE", 14, "connection reset");
    expect(await answers[0]).toBe(10);
    await expect(answers[1]).rejects.toMatchObject({ code: "UNAVAILABLE", status: 14 });
    expect(stream.over).toBe(true);
  });

  it("ends with the first call past its deadline, since its answer may be late or lost", async () => {
    vi.useFakeTimers();
    try {
      const { stream, cancel } = recordedStream("order");
      const codes = [send(stream, 1, 5000), send(stream, 2, 100), send(stream, 3, 5000)].map(codeOf);
      expect(stream.over).toBe(false);
      await vi.advanceTimersByTimeAsync(200);
      // An answer that was on its way belongs to nobody now.
      stream.answered(0, 10);
      expect(await Promise.all(codes)).toEqual(["STREAM_ENDED", "TIMEOUT", "STREAM_ENDED"]);
      expect(cancel).toHaveBeenCalledTimes(1);
      expect(stream).toMatchObject({ over: true, unmatched: 1, outstandingCalls: 0 });
      expect(await codeOf(send(stream, 4))).toBe("STREAM_ENDED");
    } finally {
      vi.useRealTimers();
    }
  });

  it("stays open while every call is answered within its deadline", async () => {
    vi.useFakeTimers();
    try {
      const { stream, cancel } = recordedStream("order");
      for (const value of [1, 2, 3]) {
        const answer = send(stream, value, 1000);
        await vi.advanceTimersByTimeAsync(700);
        stream.answered(0, value);
        expect(await answer).toBe(value);
      }
      expect(cancel).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });
});
