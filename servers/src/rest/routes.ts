import type { Request, RequestHandler, Response } from "express";
import { instantsHeader, timeHandler } from "../instants.js";
import type { PlantedDelay } from "../planted-delay.js";

/** Answers with what `work` returns, as JSON. */
export function route(plantedDelay: PlantedDelay, work: (request: Request) => object): RequestHandler {
  return (request, response) => {
    const ended = beginHandler(request);
    plantedDelay.wait();
    const answer = work(request);
    if (ended !== null) ended(response);
    response.json(answer);
  };
}

/** The same for work that returns a promise. The other one has none, since waiting for it would be measured. */
export function asyncRoute(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Promise<object>,
): RequestHandler {
  // Express passes a rejection on to the error handler.
  return async (request, response) => {
    const ended = beginHandler(request);
    plantedDelay.wait();
    const answer = await work(request);
    if (ended !== null) ended(response);
    response.json(answer);
  };
}

/** Times the handler of a request that asks for it, until what comes back is given the response; null for any other. */
export function beginHandler({ headers }: Request): ((response: Response) => void) | null {
  if (headers[instantsHeader] === undefined) return null;
  const ended = timeHandler();
  return (response) => response.setHeader(instantsHeader, ended());
}
