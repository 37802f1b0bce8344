import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { projectRoot as thisProject } from "../../root.js";
import { findPython } from "./find.js";
import { pythonPlaces } from "./places.js";
import { setupPython } from "./setup.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A Python that makes environments of itself, installs nothing, and does what the test adds for its arguments. */
const python = (cases = "") => `case "$*" in
${cases}
*"-m venv"*) for last; do :; done; /bin/mkdir -p "$last/bin"; /bin/rm -f "$last/bin/python"; /bin/cp "$0" "$last/bin/python";;
*grpc_tools*) echo code > generated/made;;
*"-m versions"*) echo '{"version":"3.11.2","packages":{"flask":"3.1.2"}}';;
esac
echo "$*" >> "$LOG"`;

/** A project with only what a setup reads, and a PATH on which nothing but these shell scripts can be found. */
async function projectWith(scripts: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-setup-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const projectRoot = join(folder, "project");
  const { requirements, protoFolder } = pythonPlaces(projectRoot);
  await mkdir(dirname(requirements), { recursive: true });
  await mkdir(protoFolder);
  await mkdir(join(folder, "bin"));
  await writeFile(requirements, "flask==3.1.2\n");
  await copyFile(join(thisProject, "proto", "item.proto"), join(protoFolder, "item.proto"));
  for (const [name, lines] of Object.entries(scripts)) await script(join(folder, "bin", name), lines);
  vi.stubEnv("PATH", join(folder, "bin"));
  vi.stubEnv("LOG", join(folder, "log"));
  const steps: string[] = [];
  return {
    projectRoot,
    requirements,
    venv: join(projectRoot, ".venv"),
    steps,
    setup: () => setupPython({ projectRoot, onStep: (step) => steps.push(step) }),
    ran: async () => (await readFile(join(folder, "log"), "utf8")).trim().split("\n"),
  };
}

async function script(path: string, lines: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${lines}\n`);
  await chmod(path, 0o755);
}

describe.skipIf(process.platform === "win32")("setupPython", () => {
  test("makes .venv, installs with hashes, makes gRPC's code, and then has nothing to do", async () => {
    const { projectRoot, venv, requirements, setup, ran, steps } = await projectWith({ python3: python() });
    expect(await findPython(projectRoot)).toMatchObject({
      kind: "missing",
      reason: "they are not set up here",
    });
    const stacks = await setup();
    expect(stacks).toEqual({
      kind: "ready",
      python: join(venv, "bin", "python"),
      version: "3.11.2",
      packages: { flask: "3.1.2" },
    });
    const before = await ran();
    expect(before).toContainEqual(
      expect.stringMatching(/^-m pip install .*--require-hashes --only-binary :all: -r .*requirements\.txt$/),
    );
    expect(before).toContainEqual(
      "-m grpc_tools.protoc --proto_path=generated=../../proto --python_out=. --grpc_python_out=. generated/item.proto",
    );
    expect(await findPython(projectRoot)).toEqual(stacks);
    expect(await setup()).toEqual(stacks);
    expect(await ran()).toEqual(before);
    expect(steps).toHaveLength(1);
    expect(await readFile(requirements, "utf8")).toBe("flask==3.1.2\n");
  });

  test.each([
    ["requirements", (root: string) => writeFile(pythonPlaces(root).requirements, "flask==4\n")],
    ["contracts", (root: string) => writeFile(join(pythonPlaces(root).protoFolder, "new.proto"), "")],
    ["generated code", (root: string) => rm(pythonPlaces(root).generated, { recursive: true })],
  ])("is noticed to be for another state of the %s", async (_name, change) => {
    const { projectRoot, setup } = await projectWith({ python3: python() });
    await setup();
    await change(projectRoot);
    expect(await findPython(projectRoot)).toMatchObject({
      kind: "missing",
      reason: "they were set up for another state of this project",
      advice: expect.stringContaining("npm run setup:python"),
    });
    expect(await setup()).toEqual(await findPython(projectRoot));
  });

  test("makes a .venv anew whose Python does not run any more, and says so", async () => {
    const { venv, setup, ran, steps } = await projectWith({ python3: python() });
    await mkdir(join(venv, "bin"), { recursive: true });
    await symlink("/nowhere/python3.9", join(venv, "bin", "python"));
    expect(await setup()).toMatchObject({ kind: "ready" });
    expect(await ran()).toContainEqual(`-m venv --clear ${venv}`);
    expect(steps).toContainEqual(expect.stringContaining(".venv is made anew"));
  });

  test("gives pip to a .venv that has none, and keeps what is in it", async () => {
    const { venv, setup, ran } = await projectWith({ python3: python() });
    await mkdir(join(venv, "bin"), { recursive: true });
    await script(join(venv, "bin", "python"), '[ "$*" != "-m pip --version" ]');
    expect(await setup()).toMatchObject({ kind: "ready" });
    expect(await ran()).toContainEqual(`-m venv ${venv}`);
  });

  test("takes a newer Python of another name where the usual one is too old", async () => {
    const { setup } = await projectWith({ python3: "exit 1", "python3.12": python() });
    expect(await setup()).toMatchObject({ kind: "ready" });
  });

  test("leaves a .venv alone whose Python is too old", async () => {
    const { venv, setup } = await projectWith({ python3: python() });
    await mkdir(join(venv, "bin"), { recursive: true });
    await script(join(venv, "bin", "python"), '[ "$2" = "" ]');
    await expect(setup()).rejects.toThrow(
      /older than 3\.11, too old for the posts' own stacks: delete .*\.venv/,
    );
  });

  test.each([
    ["no Python", {}, /There is no Python 3\.11 or newer to install the posts' own stacks with/],
    [
      "no venv module",
      { python3: python('*"-m venv"*) echo "No module named venv" >&2; exit 1;;') },
      /into \.venv failed \(No module named venv\): install Python's venv module/,
    ],
    [
      "no network",
      { python3: python('*"pip install"*) echo "no route to host" >&2; exit 1;;') },
      /into \.venv failed \(no route to host\): check the network, then run this again\./,
    ],
    [
      "an installation that does not run",
      { python3: python('*"-m versions"*) echo "flask is not installed" >&2; exit 1;;') },
      /were installed, and yet their setup in \.venv is broken \(flask is not installed\)/,
    ],
  ])("says what to do where there is %s", async (_name, scripts, sentence) => {
    const { setup } = await projectWith(scripts);
    await expect(setup()).rejects.toThrow(sentence);
    await expect(setup()).rejects.toMatchObject({ code: "missing-tool" });
  });

  test("an interrupted setup is not taken for a whole one", async () => {
    const { projectRoot, requirements, venv, setup } = await projectWith({ python3: python() });
    await setup();
    await writeFile(requirements, "flask==4\n");
    await script(join(venv, "bin", "python"), python('*"pip install"*) exit 1;;'));
    await expect(setup()).rejects.toThrow(/failed/);
    await writeFile(requirements, "flask==3.1.2\n");
    expect(await findPython(projectRoot)).toMatchObject({ reason: "they are not set up here" });
  });
});
