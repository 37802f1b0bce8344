import { mkdir, rm, writeFile } from "node:fs/promises";
import { WirelabError } from "../../errors.js";
import { findPython, type ReadyStacks } from "./find.js";
import { protoNames, pythonPlaces, setupDigest } from "./places.js";
import { inVenv, need, pipInstall, prepareVenv, type VenvOptions } from "./venv.js";

/**
 * Installs the posts' own stacks into the project's `.venv`, in the versions of `servers/python/requirements.txt`, and makes
 * gRPC's code; does nothing where that is done already, and repairs what is broken.
 *
 * @throws WirelabError `missing-tool` saying what to do
 * @example await setupPython({ projectRoot: process.cwd(), onStep: console.error })
 */
export async function setupPython({
  projectRoot,
  onStep = () => {},
}: {
  readonly projectRoot: string;
  /** Hears what takes long. */
  readonly onStep?: (sentence: string) => void;
}): Promise<ReadyStacks> {
  const before = await findPython(projectRoot);
  if (before.kind === "ready") return before;
  const options: VenvOptions = { projectRoot, what: "the posts' own stacks", leastMinor: 11, onStep };
  const { requirements, marker } = pythonPlaces(projectRoot);
  // First, so that a setup that is interrupted is not taken for a whole one.
  await rm(marker, { force: true });
  onStep("Installing the posts' own stacks into .venv (about a minute).");
  await prepareVenv(options);
  await pipInstall(options, {
    packages: ["--require-hashes", "--only-binary", ":all:", "-r", requirements],
    advice: "check the network, then run this again",
  });
  await generateCode(options);
  await writeFile(marker, setupDigest(projectRoot));
  const after = await findPython(projectRoot);
  if (after.kind === "ready") return after;
  throw new WirelabError(
    "missing-tool",
    `The posts' own stacks were installed, and yet ${after.reason}: delete .venv, then run this again.`,
  );
}

/** In a folder of the package's name, so that the files find each other in it. */
async function generateCode(options: VenvOptions): Promise<void> {
  const { projectRoot } = options;
  const { folder, generated } = pythonPlaces(projectRoot);
  await rm(generated, { recursive: true, force: true });
  await mkdir(generated);
  await need(options, {
    command: inVenv(projectRoot, "python"),
    args: [
      ...["-m", "grpc_tools.protoc", "--proto_path=generated=../../proto"],
      ...["--python_out=.", "--grpc_python_out=."],
      ...protoNames(projectRoot).map((name) => `generated/${name}`),
    ],
    cwd: folder,
    advice: "look whether proto/ is as it was",
  });
}
