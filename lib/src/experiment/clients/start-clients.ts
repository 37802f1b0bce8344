import type { Language } from "../../arms/arm.js";
import { findArm } from "../../arms/registry.js";
import { sharesProcess } from "../../hosts/host.js";
import { requirePython } from "../../hosts/python/find.js";
import { alone } from "../../schedule/running-load.js";
import { LocustClient } from "../locust/locust-client.js";
import { type LocustMaster, workersElsewhere, workersHere } from "../locust/workers.js";
import type { Plan } from "../plan/plan.js";
import { startChildClient } from "./child-client.js";
import type { Client, ClientStart } from "./client.js";
import { type ClientCommand, nodeCommand, pythonCommand } from "./client-command.js";
import { ClientGroup } from "./client-group.js";
import { ClientsByArm } from "./clients-by-arm.js";
import { LocalClient } from "./local-client.js";

/** What every client of a pair is started with, once its servers listen. */
export type CommonStart = Omit<ClientStart, "share">;

interface StartOptions {
  readonly pair: number;
  readonly start: Promise<CommonStart>;
  /** Processor that the clients are pinned to; null leaves them to the system. */
  readonly processor: number | null;
  /** Where Locust's workers join that nobody here starts; left out where all are started here. */
  readonly locustMaster?: LocustMaster | undefined;
}

/** Starts the clients of a pair, one for each language that its arms are called from, all or none. */
export async function startClients(plan: Plan, options: StartOptions): Promise<Client> {
  if (sharesProcess(plan.host)) {
    return new LocalClient({ ...(await options.start), share: alone });
  }
  const languages = [...new Set(plan.arms.map(({ arm }) => findArm(arm).language))];
  const clients = await all(languages.map((language) => startLanguage(language, plan, options)));
  const [only, ...others] = clients;
  if (only !== undefined && others.length === 0) return only;
  return new ClientsByArm(
    new Map(
      plan.arms.map(({ name, arm }) => [name, clients[languages.indexOf(findArm(arm).language)] as Client]),
    ),
  );
}

async function startLanguage(
  language: Language,
  plan: Plan,
  { pair, start, processor, locustMaster }: StartOptions,
): Promise<Client> {
  const own = start.then((common) => ({
    ...common,
    arms: common.arms.filter(({ arm }) => findArm(arm).language === language),
  }));
  // Where no client can be spawned, nobody waits for it.
  own.catch(() => {});
  const startOne = (command: ClientCommand, client: number, of: number) =>
    startChildClient(
      own.then((common) => ({ ...common, share: { client, of } })),
      { command, processor },
    );
  switch (language) {
    case "typescript": {
      const command = nodeCommand(plan.node?.path ?? process.execPath, {
        isLoad: plan.load !== null,
      });
      const clients = await all(
        Array.from({ length: plan.clients }, (_, client) => startOne(command, client, plan.clients)),
      );
      return clients.length === 1 ? (clients[0] as Client) : new ClientGroup(clients);
    }
    case "python":
      return startOne(await pythonCommand(), 0, 1);
    case "locust":
      return startLocust(plan, { pair, start: own, processor, locustMaster });
  }
}

async function startLocust(
  plan: Plan,
  { pair, start, processor, locustMaster }: StartOptions,
): Promise<Client> {
  const { load, clients } = plan;
  if (load?.kind !== "closed") throw new Error("the plan refuses arms of Locust without a closed load");
  const { python } = await requirePython();
  const workers =
    locustMaster === undefined
      ? workersHere(clients)
      : workersElsewhere(clients, locustRounds(plan, pair), locustMaster);
  return new LocustClient({ python, processor, start: await start, load, workers });
}

/** The arms that Locust loads in a pair, a round each, in their order. */
function locustRounds({ order, warmupBlocks, arms }: Plan, pair: number): string[] {
  const names = (order[pair] ?? []).slice(warmupBlocks).flat();
  return names.flatMap((name) => {
    const found = arms.find((one) => one.name === name);
    return found !== undefined && findArm(found.arm).language === "locust" ? [found.arm] : [];
  });
}

/** All clients, or none: where one cannot be started, the others are stopped. */
async function all(starting: readonly Promise<Client>[]): Promise<readonly Client[]> {
  const started = await Promise.allSettled(starting);
  const failed = started.find((each) => each.status === "rejected");
  const clients = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (failed === undefined) return clients;
  await Promise.all(clients.map((client) => client.stop()));
  throw failed.reason;
}
