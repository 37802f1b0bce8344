import type { PythonStacks } from "../../hosts/python/find.js";
import type { Environment } from "../../record/run-info.js";
import type { Check } from "./check.js";
import { checkClock } from "./clock.js";
import { checkLimits, type Limits } from "./limits.js";
import { checkLocalhost, checkProxies } from "./network.js";
import { checkNoise } from "./noise.js";
import type { NoiseRecord } from "./noise-record.js";
import { checkPorts, type PortState } from "./ports.js";
import { checkStacks } from "./stacks.js";
import { checkKernel, checkNode, checkTools, type FirstLine, tools } from "./tools.js";

/** How the doctor looks at the machine; a test gives probes of its own. */
export interface Probes {
  readonly environment: Environment;
  readonly variables: NodeJS.ProcessEnv;
  readonly limits: Limits;
  readonly noise: NoiseRecord | null;
  /** Folder that `npm run lab` installs into. */
  readonly venv: string;
  readonly firstLine: FirstLine;
  readonly findPython: () => Promise<PythonStacks>;
  readonly tryKernel: () => Promise<string>;
  readonly portState: (port: number) => Promise<PortState>;
  readonly lookup: (name: string) => Promise<readonly string[]>;
  readonly now: () => number;
}

/** Looks at everything, in the order in which it is shown; the clock first, before others keep the machine busy. */
export async function examine(probes: Probes): Promise<Check[]> {
  const clock = checkClock(probes.now);
  const [kernel, installed, stacks, ports, localhost] = await Promise.all([
    checkKernel(probes.tryKernel),
    checkTools(tools(probes.venv), probes.firstLine),
    checkStacks(probes.findPython),
    checkPorts(probes.portState),
    checkLocalhost(probes.lookup),
  ]);
  return [
    checkNode(probes.environment.node),
    kernel,
    ...installed,
    stacks,
    ...ports,
    ...checkLimits(probes.limits),
    checkProxies(probes.variables),
    localhost,
    clock,
    checkNoise(probes.noise, probes.environment),
  ];
}
