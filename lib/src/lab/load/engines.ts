import { locustWorks } from "../../arms/locust.js";
import { findArm, findWorkload } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import { findPython } from "../../hosts/python/find.js";
import { type Engine, engines } from "./engine-names.js";

/** The way in which an engine calls what is asked for as `name`; a `usage` error for a work or an arm that it has not. */
export function armOf(
  name: string,
  { engine, work }: { readonly engine: Engine; readonly work: string },
): string {
  const arm = findArm(engines[engine](name));
  const locusts = arm.language === "locust";
  if (engine === "embedded") {
    if (locusts) throw wrong(`${name} is a way in which Locust calls: take the engine locust`);
    return arm.name;
  }
  if (!locusts) {
    throw wrong(
      `Locust calls by rest, grpc and locust-grpc-blocking, not by ${name}: leave ${name} out, or take the engine embedded`,
    );
  }
  if (arm.fits?.(findWorkload(work)) === false) {
    throw wrong(
      `Locust's users ask for ${[...locustWorks].join(", ")}, not for ${work}: take one of these, or the engine embedded`,
    );
  }
  return arm.name;
}

/** Throws a `missing-tool` error where the engine is not set up. */
export async function requireEngine(engine: Engine): Promise<void> {
  if (engine === "embedded") return;
  const stacks = await findPython();
  if (stacks.kind === "ready") return;
  throw new WirelabError(
    "missing-tool",
    `Locust comes with the posts' own stacks in Python, and ${stacks.reason}: ${stacks.advice}.`,
  );
}

function wrong(sentence: string): WirelabError {
  return new WirelabError("usage", `${sentence}.`);
}
