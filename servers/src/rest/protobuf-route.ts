import type { MethodDefinition } from "@grpc/proto-loader";
import express, { type Request, type RequestHandler } from "express";
import type { PlantedDelay } from "../planted-delay.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { beginHandler } from "./routes.js";

/** Content type of a body that is a protobuf message, and of the answer to it. */
const protobufType = "application/x-protobuf";

/** A gRPC method as REST serves it. */
export interface ProtobufMethod<Message extends object, Answer extends object> {
  /** Whose messages the bodies are. */
  readonly method: MethodDefinition<object, object> | undefined;
  readonly maxMessageBytes: number;
  work(message: Message): Answer;
}

/** Answers a protobuf message with one; passes on what isn't declared as such. */
export function protobufRoute<Message extends object, Answer extends object>(
  plantedDelay: PlantedDelay,
  { method, maxMessageBytes, work }: ProtobufMethod<Message, Answer>,
): RequestHandler[] {
  if (method === undefined) throw new Error("there is no such method in proto/");
  const answer: RequestHandler = (request, response, next) => {
    if (!request.is(protobufType)) return next();
    const message = decode(request, method) as Message;
    const ended = beginHandler(request);
    plantedDelay.wait();
    const answer = work(message);
    if (ended !== null) ended(response);
    response.type(protobufType).send(method.responseSerialize(answer));
  };
  return [express.raw({ type: protobufType, limit: maxMessageBytes }), answer];
}

function decode({ body }: Request, { requestDeserialize }: MethodDefinition<object, object>): object {
  try {
    return requestDeserialize(body);
  } catch (error) {
    throw new InvalidRequest(`The body is no protobuf message of this call: ${(error as Error).message}.`);
  }
}
