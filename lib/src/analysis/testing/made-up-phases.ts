import type { Estimate } from "../../stats/interval.js";
import { phasesWhere, type Told } from "../layers/call-phases.js";
import type { ArmPhases, CallPhases, PhaseCost } from "../layers/phases.js";

function estimate(valueUs: number, reachUs: number): Estimate {
  const [value, reach] = [valueUs / 1000, reachUs / 1000];
  return { value, low: value - reach, high: value + reach, confidence: 0.99 };
}

/** µs of each phase, in their order. */
function costs(told: Told, valuesUs: readonly number[], reachUs: number): readonly PhaseCost[] {
  return phasesWhere(told).map((phase, i) => {
    const valueUs = valuesUs[i] ?? 0;
    return { phase, cost: estimate(valueUs, valueUs === 0 ? 0 : reachUs) };
  });
}

function arm(plain: string, told: Told, valuesUs: readonly number[]): ArmPhases {
  const phases = costs(told, valuesUs, 1);
  const wholeUs = valuesUs.reduce((sum, value) => sum + value, 0);
  return {
    plain,
    watched: `${plain}-watched`,
    phases,
    whole: estimate(wholeUs, 5),
    firstCall: new Map(phases.map(({ phase }) => [phase, phase === "connect" ? 2 : 1])),
    seen: 100,
    unseen: plain === "grpc" ? 4 : 0,
    watching: estimate(10, 4),
    unwatched: estimate(wholeUs - 10, 5),
  };
}

/** Phases of known length: 100 µs of REST, 150 with a new connection, 200 of gRPC. */
export function madeUpPhases(changes: Partial<CallPhases> = {}): CallPhases {
  return {
    arms: [
      arm("rest", "instants", [4, 16, 0, 40, 2, 30, 5, 3]),
      arm("rest-new-connection", "instants", [4, 20, 40, 40, 2, 30, 5, 9]),
      arm("grpc", "instants", [8, 80, 0, 40, 2, 60, 6, 4]),
    ],
    differences: costs("instants", [4, 64, 0, 0.5, 0, 30, 1, 1], 2),
    difference: estimate(100, 9),
    told: "instants",
    overLink: false,
    scope: "these processes only",
    ...changes,
  };
}

/** The same where servers do not say when their handlers began. */
export function madeUpPhasesUntold(): CallPhases {
  return madeUpPhases({
    arms: [arm("rest", "nothing", [4, 16, 0, 72, 5, 3]), arm("grpc", "nothing", [8, 80, 0, 102, 6, 4])],
    differences: costs("nothing", [4, 64, 0, 30, 1, 1], 2),
    told: "nothing",
  });
}
