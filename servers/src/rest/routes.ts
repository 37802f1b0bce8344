import type { Request, RequestHandler } from "express";
import type { PlantedDelay } from "../planted-delay.js";

/** Answers with what `work` returns, as JSON. */
export function route(plantedDelay: PlantedDelay, work: (request: Request) => object): RequestHandler {
  return (request, response) => {
    plantedDelay.wait();
    response.json(work(request));
  };
}

/** The same for work that returns a promise. The other one has none, since waiting for it would be measured. */
export function asyncRoute(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Promise<object>,
): RequestHandler {
  // Express passes a rejection on to the error handler.
  return async (request, response) => {
    plantedDelay.wait();
    response.json(await work(request));
  };
}
