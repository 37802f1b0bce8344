import { WirelabError } from "../../errors.js";
import { describeKernelDeath } from "../cells/cell-error.js";
import type { KernelChannel } from "./kernel-channel.js";
import type { KernelProcess } from "./kernel-process.js";

/** A subscriber that has just connected misses what was published before, so it asks until it hears something. */
export async function waitUntilReady(
  kernel: KernelProcess,
  channel: KernelChannel,
  timeoutMs: number,
): Promise<void> {
  const asked: string[] = [];
  const heard = new Set<string>();
  let nudge: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  const ready = new Promise<"ready">((resolve) => {
    const ask = () => {
      const id = channel.request("kernel_info_request", {});
      asked.push(id);
      channel.listen(id, (from) => {
        heard.add(from);
        if (heard.size === 2) resolve("ready");
      });
    };
    ask();
    nudge = setInterval(ask, 100);
  });
  const late = new Promise<"late">((resolve) => {
    limit = setTimeout(() => resolve("late"), timeoutMs);
  });
  const outcome = await Promise.race([ready, late, kernel.died]);
  clearInterval(nudge);
  clearTimeout(limit);
  for (const id of asked) channel.forget(id);
  if (outcome === "ready") return;
  const seconds = timeoutMs / 1000;
  const what =
    outcome === "late"
      ? `It has not answered in ${seconds} s.`
      : describeKernelDeath(outcome, "before it answered");
  throw new WirelabError(
    "kernel-failed",
    `The TypeScript kernel did not start; try \`wirelab doctor\`. ${what}`,
  );
}

/** Asked first, so that a run that was interrupted can still finish its files; an open server would keep it for ever. */
export async function stopKernel(kernel: KernelProcess, channel: KernelChannel): Promise<void> {
  const endsWithin = async (ms: number) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
    });
    const ended = await Promise.race([kernel.died.then(() => true as const), late]);
    clearTimeout(timer);
    return ended;
  };
  channel.requestShutdown();
  if (!(await endsWithin(2000))) {
    kernel.letGo();
    if (!(await endsWithin(1000))) kernel.kill();
  }
  await kernel.died;
  // The group may outlive its leader.
  kernel.kill();
  channel.close();
}
