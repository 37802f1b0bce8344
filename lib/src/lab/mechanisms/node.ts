import { paced } from "../effort.js";
import { findOtherNode } from "../other-node.js";
import {
  type Here,
  type LeftOut,
  type Mechanism,
  type MechanismEntry,
  median,
  type Of,
} from "./mechanism.js";

/** JSON and the checks, which the two Nodes are said to do alike. */
const restOfRestMs = (of: Of) => of("rest") - of("express");

const clients = { arm: "http-undici" } as const;
const http = { ...clients, name: "http", program: "http", server: 1 } as const;
const express = { ...clients, name: "express", program: "express", server: 2 } as const;

/** What another Node makes of REST is what it makes of HTTP/1.1 and of Express. */
export const nodeMechanism: MechanismEntry = { name: "node", make };

function make({ effort, otherNode }: Here): Mechanism | LeftOut {
  const other = findOtherNode(otherNode);
  if (other.kind === "none") return { leftOut: other.why };
  const run = paced(effort, { aloneMs: 0.4, aCallMs: 0.4, primedMs: 0.2, callers: 1 });
  const there = { ...run, node: other.node.path };
  const [here, version] = [process.version.slice(1), other.node.version.slice(1)];
  return {
    name: "node",
    words: "Express on another Node",
    says: `What Node ${version} changes of a REST call is what it changes of HTTP/1.1 and of Express; JSON and the checks take what they take on Node ${here}.`,
    parameters: [
      { words: `HTTP/1.1 on Node ${here}`, unit: "ms", value: (of) => of("http") },
      { words: `HTTP/1.1 on Node ${version}`, unit: "ms", value: (of) => of("otherHttp") },
      { words: `Express' step on Node ${here}`, unit: "ms", value: (of) => of("express") - of("http") },
      {
        words: `Express' step on Node ${version}`,
        unit: "ms",
        value: (of) => of("otherExpress") - of("otherHttp"),
      },
    ],
    found: [
      {
        name: "here",
        options: { ...run, arms: [http, express, "rest", "grpc"] },
        reads: {
          http: median("http"),
          express: median("express"),
          rest: median("rest"),
          grpc: median("grpc"),
        },
      },
      {
        name: "there",
        options: { ...there, arms: [http, express, "grpc"] },
        reads: {
          otherHttp: median("http"),
          otherExpress: median("express"),
          otherGrpc: median("grpc"),
        },
      },
    ],
    test: { name: "whole", options: { ...there, arms: ["rest", "grpc"] } },
    tested: [
      {
        arm: "rest",
        kind: "median",
        beside: "grpc",
        words: `a REST call beside one of gRPC on Node ${version}`,
        says: (of) => ({ times: (of("otherExpress") + restOfRestMs(of)) / of("otherGrpc"), addMs: 0 }),
        without: {
          words: `REST stood to gRPC as on Node ${here}`,
          says: (of) => ({ times: of("rest") / of("grpc"), addMs: 0 }),
        },
      },
    ],
  };
}
