import { paced } from "../effort.js";
import type { Here, LeftOut, Mechanism, MechanismEntry, Of } from "./mechanism.js";

const callers = 8;
const workers = 2;

const takesAll = "others used this machine meanwhile, and it takes all of its processors";

/** A connection belongs to one process of a server, so that a second one has nothing to do unless there are more connections. */
export const connectionsMechanism: MechanismEntry = { name: "connections", make };

function make({ effort, processors }: Here): Mechanism | LeftOut {
  if (processors < workers) {
    return {
      leftOut: `One connection for many was left out, because ${workers} workers need ${workers} processors, and there is one here.`,
    };
  }
  /** Two workers share the server's time, as far as processors go round for them and for the client. */
  const spread = (of: Of) => {
    const [serverMs, clientMs] = [of("server"), of("client")];
    const gapMs = Math.max(of("gap") / workers, clientMs, (serverMs + clientMs) / processors);
    return { times: gapMs / of("gap"), addMs: 0 };
  };
  const alone = () => ({ times: 1, addMs: 0 });
  const one = { name: "one-worker", arm: "grpc", callers, server: 0 };
  // 1.5 ms of a processor a call, so that the server and not the client is what a call waits for.
  const run = {
    work: "factorial",
    processors: "any" as const,
    ...paced(effort, { aloneMs: 1.5, aCallMs: 1.5, primedMs: 1.5, callers: 3 * callers }),
  };
  const many = `${callers} callers, ${workers} workers`;
  return {
    name: "connections",
    words: "One connection for many",
    says: `All calls over one connection are answered by one process of the server; more connections spread over all of them, as far as the ${processors} processors of this machine go round for them and the client.`,
    parameters: [
      { words: "processor time of the server, a call", unit: "ms", value: (of) => of("server") },
      { words: "processor time of the client, a call", unit: "ms", value: (of) => of("client") },
    ],
    found: [
      {
        name: "one-worker",
        options: { ...run, arms: [one] },
        reads: {
          gap: { arm: one.name, kind: "gap" },
          server: { arm: one.name, kind: "serverCpu" },
          client: { arm: one.name, kind: "clientCpu" },
        },
      },
    ],
    test: {
      name: "two-workers",
      options: {
        ...run,
        arms: [
          one,
          { name: "one-connection", arm: "grpc", callers, server: 1, workers },
          { name: "many-connections", arm: "grpc-own-connection", callers, server: 1, workers },
        ],
      },
    },
    tested: [
      {
        arm: "one-connection",
        kind: "gap",
        beside: one.name,
        words: `${many}, one connection`,
        whenDisturbed: takesAll,
        inOwnBlocks: true,
        says: alone,
        without: { words: "calls of one connection spread over both workers", says: spread },
      },
      {
        arm: "many-connections",
        kind: "gap",
        beside: one.name,
        words: `${many}, a connection each`,
        whenDisturbed: takesAll,
        says: spread,
        without: { words: "the second worker changed nothing", says: alone },
      },
    ],
  };
}
