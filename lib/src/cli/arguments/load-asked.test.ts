import { Command } from "commander";
import { expect, test } from "vitest";
import { planLoad } from "../../lab/load/plan.js";
import { loadNeeds } from "../../lab/load/run.js";
import { askedOf } from "./load-asked.js";
import { addCallerOptions, addLoadOptions, addMasterOptions, addServerOptions } from "./load-options.js";

const locust = ["--engine", "locust"];
const master = [...locust, "--master", "--expect-workers", "1"];
const toRest = ["--rest-url", "http://127.0.0.1:1"];

/** What the words of a command line ask for. */
function asked(...words: readonly string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addServerOptions(addMasterOptions(addCallerOptions(addLoadOptions(command)))).parse(words, {
    from: "user",
  });
  const said: string[] = [];
  return { ...askedOf(command.opts(), (line) => said.push(line)), said };
}

test("the short words are those of Locust", () => {
  const { load, arms, remote, stopAfter } = asked("-u", "100", "-r", "10", "-t", "1m", "--think", "1s-2s");
  expect(load).toEqual({
    ...{ kind: "closed", users: 100, spawnPerSecond: 10 },
    ...{ thinkMs: [1000, 2000], runTimeMs: 60_000 },
  });
  expect({ arms, remote, stopAfter }).toEqual({ arms: ["rest", "grpc"], stopAfter: {} });
});

test("a rate makes the load an open one", () => {
  const { load } = asked("--rate", "0.5", "--poisson", "-u", "7", "-t", "2s");
  const stages = [{ fromPerSecond: 0.5, toPerSecond: 0.5, durationMs: 2000 }];
  expect(load).toEqual({ kind: "open", stages, spacing: "poisson", users: 7 });
});

test("the arms are those that have an address", () => {
  const { arms, remote, stopAfter } = asked("--grpc-server", "127.0.0.1:2", "--stop-after-calls", "9");
  expect(arms).toEqual(["grpc"]);
  expect(remote).toEqual({ restUrl: null, grpcAddress: "127.0.0.1:2" });
  expect(stopAfter).toEqual({ calls: 9 });
});

test("Locust calls by arms of its own under the names that were asked for", () => {
  const { arms, engine, workers, load } = asked(
    ...locust,
    "-u",
    "10",
    "--workers",
    "4",
    "--arms",
    "rest,locust-grpc-blocking",
  );
  const plan = planLoad({ work: "payload", arms, load, engine: engine ?? "embedded", workers: workers ?? 1 });
  expect(plan.arms).toMatchObject([
    { name: "rest", arm: "locust-http", workers: 1 },
    { name: "locust-grpc-blocking", arm: "locust-grpc-blocking", workers: 1 },
  ]);
  expect(plan.clients).toBe(4);
});

test("a master tells once what is to be run on the other machines", () => {
  const {
    said,
    workers,
    master: to,
  } = asked(...master, "--expect-workers", "2", "-u", "2", "--master-port", "9");
  expect({ workers, host: to?.host, port: to?.port }).toEqual({ workers: 2, host: "127.0.0.1", port: 9 });
  to?.onWaiting("the command");
  to?.onWaiting("the rest of it");
  expect(said).toEqual([expect.stringMatching(/^Start each of the 2 workers .*:\n {2}the command$/)]);
});

test.each([
  [["--users", "0"], /whole number from 1 to 65535/],
  [["-u", "-1"], /whole number from 1 to 65535/],
  [["-u", "65536"], /whole number from 1 to 65535/],
  [["-u", "NaN"], /whole number from 1 to 65535/],
  [["-r", "0"], /a number above 0/],
  [["-r", "1e9"], /a number above 0/],
  [["-t", "0s"], /a time above 0/],
  [["-t", "25h"], /a time above 0/],
  [["-t", "NaN"], /a time above 0/],
  [["--think", "2s-1s"], /the shortest and the longest/],
  [["--rate", "-5"], /a number above 0/],
  [["--rate", "1000000", "-t", "24h"], /calls of an open load together must be above 0/],
  [["--rate", "10", "--think", "1s"], /leave out --spawn-rate and --think, or --rate/],
  [["--rate", "10", "-r", "1"], /leave out --spawn-rate and --think, or --rate/],
  [["--poisson"], /give --rate, or leave it out/],
  [["--rounds", "0"], /whole number from 1/],
  [["--workers", "0"], /whole number from 1/],
  [["--workers", "2"], /2 client processes cannot share 1 users/],
  [["--server-workers", "1.5"], /whole number from 1/],
  [[...toRest, "--server-workers", "2"], /have the workers they have/],
  [["--arms", "locust-http"], /locust-http is a way in which Locust calls: take the engine locust/],
  [["--expect-workers", "2"], /are of a master: give --master/],
  [["--master-host", "127.0.0.1"], /are of a master: give --master/],
  [["--master-port", "5557"], /are of a master: give --master/],
  [["--master", "--expect-workers", "1"], /Only Locust has a master/],
  [[...locust, "--rate", "10"], /makes closed loads only: Locust has users, and no calls that are due/],
  [[...locust, "--rest-url", "https://127.0.0.1:1"], /calls in the clear: take servers that do not encrypt/],
  [[...locust, "--work", "add"], /Locust's users ask for increment, payload, factorial, not for add/],
  [[...locust, "--work", "nothing"], /There is no work "nothing"/],
  [
    [...locust, "--arms", "rest-protobuf"],
    /Locust calls by rest, grpc and locust-grpc-blocking, not by rest-p/,
  ],
  [[...locust, "--arms", "requests"], /not by requests: leave requests out/],
  [[...locust, "--workers", "2"], /2 client processes cannot share 1 users/],
  [[...locust, "--master"], /give --expect-workers, how many/],
  [[...master, "--workers", "2"], /leave out --workers/],
  [[...master, "--expect-workers", "0"], /whole number from 1/],
  [[...master, "--master-port", "0"], /whole number from 1 to 65535/],
  [[...master, "--master-host", "0.0.0.0"], /the one IPv4 address by which its workers reach it/],
  [[...master, "--master-host", "my-laptop"], /the one IPv4 address by which its workers reach it/],
  [[...master, "--master-host", "10.0.0.5"], /give the addresses of servers that run already/],
  [[...master, ...toRest, "--master-host", "10.0.0.5"], /would call 127\.0\.0\.1:1 on their own machines/],
  [["--timeout", "0"], /whole number from 1/],
  [["--warm-up", "-1"], /whole number from 0/],
  [["--stop-after-calls", "0"], /whole number from 1/],
  [["--stop-after-failures", "0"], /whole number from 1/],
  [["--seed", "-1"], /whole number from 0/],
  [["--size", "10"], /The work increment has no size/],
  [["--work", "payload", "--size", "99999999999"], /The size of payload is/],
  [["--work", "nothing"], /There is no work "nothing"/],
  [["--arms", "rest,rest"], /Nothing may be in it twice/],
  [["--arms", "soap"], /There is no arm "soap"/],
  [["--arms", "function"], /nothing to load/],
  [[...toRest, "--arms", "grpc"], /There is no gRPC server to call: give its address \(--grpc-server\)/],
  [["--ca", "gone.pem"], /--ca is of servers that run already/],
  [[...toRest, "--ca", "gone.pem"], /gone\.pem can't be read/],
] as const)("%j is refused in a sentence", (wrong, sentence) => {
  expect(() => loadNeeds(asked(...wrong))).toThrow(sentence);
});
