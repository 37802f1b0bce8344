import { base64Mechanism } from "./base64.js";
import { connectionsMechanism } from "./connections.js";
import { grpcJsMechanism } from "./grpc-js.js";
import type { MechanismEntry } from "./mechanism.js";
import { nodeMechanism } from "./node.js";
import { windowMechanism } from "./window.js";

/** All mechanisms, an entry each, in the order in which they are tried. */
export const mechanismEntries: readonly MechanismEntry[] = [
  windowMechanism,
  nodeMechanism,
  base64Mechanism,
  grpcJsMechanism,
  connectionsMechanism,
];
