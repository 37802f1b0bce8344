import { spawn } from "node:child_process";

/** How a command that was run to its end went. */
export interface Ran {
  readonly ok: boolean;
  readonly output: string;
  /** The last line on its standard error, or how it ended. */
  readonly lastWords: string;
}

/** Runs a command to its end; one that cannot be started has failed. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let words = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2000);
    });
    child.once("error", (error) => resolve({ ok: false, output, lastWords: error.message }));
    child.once("close", (code) => {
      const lastLine = words.trim().split("\n").at(-1);
      resolve({
        ok: code === 0,
        output,
        lastWords: lastLine || `${command} ended with exit code ${code ?? "unknown"}`,
      });
    });
  });
}
