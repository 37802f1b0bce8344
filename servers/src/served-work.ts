import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Express, RequestHandler } from "express";
import type { PlantedDelay } from "./planted-delay.js";

/** What all works of one set of servers have in common. */
export interface ServingOptions {
  readonly plantedDelay: PlantedDelay;
  readonly maxMessageBytes: number;
}

/** A work as both protocols serve it. */
export interface ServedWork {
  /** Adds the work's route; `json` reads a JSON body within the limit. */
  addRoute(app: Express, options: ServingOptions & { readonly json: RequestHandler }): void;
  readonly service: ServiceDefinition;
  handlers(options: ServingOptions): UntypedServiceImplementation;
}
