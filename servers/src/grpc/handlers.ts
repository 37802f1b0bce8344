import { type handleBidiStreamingCall, type handleUnaryCall, Metadata } from "@grpc/grpc-js";
import { instantsHeader, timeHandler } from "../instants.js";
import type { PlantedDelay } from "../planted-delay.js";
import { toStatus } from "./to-status.js";

/** One request, one answer. */
export function unary<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Answer,
): handleUnaryCall<Request, Answer> {
  return (call, callback) => {
    const ended = beginHandler(call.metadata);
    plantedDelay.wait();
    let answer: Answer;
    try {
      answer = work(call.request);
    } catch (error) {
      callback(toStatus(error));
      return;
    }
    callback(null, answer, ended?.());
  };
}

/** The same for work that returns a promise. The other one has none, since waiting for it would be measured. */
export function asyncUnary<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Promise<Answer>,
): handleUnaryCall<Request, Answer> {
  return (call, callback) => {
    const ended = beginHandler(call.metadata);
    plantedDelay.wait();
    work(call.request).then(
      (answer) => callback(null, answer, ended?.()),
      (error) => callback(toStatus(error)),
    );
  };
}

/** Times the handler of a call that asks for it, until what comes back gives the trailer that says so; null for any other. */
function beginHandler(asked: Metadata): (() => Metadata) | null {
  if (asked.get(instantsHeader).length === 0) return null;
  const ended = timeHandler();
  return () => {
    const trailer = new Metadata();
    trailer.set(instantsHeader, ended());
    return trailer;
  };
}

/**
 * An answer to each message of a two-way stream. An invalid message ends the stream: a message has no status of its own,
 * only the stream has one.
 */
export function stream<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Answer,
): handleBidiStreamingCall<Request, Answer> {
  return (call) => {
    let refused = false;
    call.on("data", (request: Request) => {
      if (refused) return;
      plantedDelay.wait();
      try {
        // A client that sends without reading must not fill this process' memory.
        if (!call.write(work(request))) {
          call.pause();
          call.once("drain", () => call.resume());
        }
      } catch (error) {
        refused = true;
        call.emit("error", toStatus(error));
      }
    });
    call.on("end", () => call.end());
  };
}

/** Messages of one stream whose work has begun; more would only fill this process' memory. */
const mostBegun = 16;

/**
 * The same for work that returns a promise. Answers come in the order of the requests, whose work overlaps as that of
 * unary calls does. An invalid message ends the stream when all before it are answered.
 */
export function asyncStream<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Promise<Answer>,
): handleBidiStreamingCall<Request, Answer> {
  return (call) => {
    let refused = false;
    let begun = 0;
    let lastWritten = Promise.resolve();
    const writeInTurn = async (before: Promise<void>, working: Promise<Answer>) => {
      await before;
      if (refused) return;
      try {
        const answer = await working;
        if (!call.write(answer)) await new Promise((resolve) => call.once("drain", resolve));
      } catch (error) {
        refused = true;
        call.emit("error", toStatus(error));
      }
      if (begun-- === mostBegun) call.resume();
    };
    call.on("data", (request: Request) => {
      if (refused) return;
      plantedDelay.wait();
      const working = work(request);
      // It may fail long before its turn, or after a refusal that leaves it without one.
      working.catch(() => {});
      if (++begun === mostBegun) call.pause();
      lastWritten = writeInTurn(lastWritten, working);
    });
    call.on("end", async () => {
      await lastWritten;
      if (!refused) call.end();
    });
  };
}
