import { expect, test } from "vitest";
import { cli } from "./testing/cli.js";

const commands = ["run", "export", "lab", "servers", "load", "summary", "refute", "check", "doctor"];

test.each(commands)("%s --help says what it does, with an example", async (command) => {
  const { exitCode, stdout, stderr } = await cli([command, "--help"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^Usage: wirelab ${command} `));
  expect(stdout).toMatch(new RegExp(`Example:\n  \\$ (.*\n)*?.*wirelab ${command}`));
});

test("--help lists every command", async () => {
  const { exitCode, stdout } = await cli(["--help"]);
  expect(exitCode).toBe(0);
  for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
});

test("--version is the package's", async () => {
  expect(await cli(["--version"])).toMatchObject({ exitCode: 0, stdout: "0.1.0\n" });
});

test.each([
  ["nothing", [], /Usage: wirelab/],
  ["an unknown command", ["measure"], /unknown command 'measure'/],
  ["an unknown option", ["summary", "--jason", "x"], /unknown option '--jason'/],
  ["too few arguments", ["summary"], /missing required argument 'run'/],
  ["too many arguments", ["summary", "a", "b"], /too many arguments/],
  ["a port that is none", ["servers", "--rest-port", "65536"], /a whole number from 0 to 65535/],
  ["a fraction of a byte", ["servers", "--max-message", "1.5"], /a whole number from 1 to/],
  ["no time at all", ["run", "--timeout", "0"], /seconds above 0/],
  ["a parameter without a value", ["run", "-p", "calls"], /"calls" is no parameter: write name=value/],
  ["a notebook that is not there", ["run", "nowhere"], /There is no notebook "nowhere"/],
  ["a run that is not there", ["summary", "/nowhere/at/all"], /There is no run folder \/nowhere\/at\/all/],
])("%s is bad usage: a sentence and status 2", async (_what, args, sentence) => {
  const { exitCode, stdout, stderr } = await cli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
});
