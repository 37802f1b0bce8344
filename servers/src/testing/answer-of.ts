import type { requestCallback, ServiceError } from "@grpc/grpc-js";

/** The answer of a gRPC call that is made with the callback given to it; rejects with its `ServiceError`. */
export function answerOf<Answer>(call: (callback: requestCallback<Answer>) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call((error, answer) => {
      if (error !== null) reject(error);
      else if (answer === undefined) reject(new Error("the call ended with neither an error nor an answer"));
      else resolve(answer);
    });
  });
}

/** The error that `answer` rejects with; rejects when there is none. */
export function failureOf(answer: Promise<unknown>): Promise<ServiceError> {
  return answer.then(
    () => Promise.reject(new Error("the call was answered")),
    (error) => error,
  );
}
