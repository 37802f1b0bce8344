import { median } from "simple-statistics";
import { describeLink } from "../../hosts/link/describe.js";
import { programs } from "../../hosts/program.js";
import type { ImportedFile, ImportedInfo } from "../../record/imported-info.js";
import type { Environment, RunInfo, Warning } from "../../record/run-info.js";
import { saySameWork } from "../../verdicts/runs/same-work.js";
import { isEncrypted } from "../../verdicts/stack.js";
import { sayLoad } from "../../verdicts/words/load-words.js";
import { showable } from "../display.js";
import { html, jsonScript, type Markup } from "../html.js";
import { styleTag } from "../style.js";
import { formatBytes, formatCount, formatDuration, formatMoment } from "../words/number.js";

/** What a page's reader, or a program, must know of a run to trace a number: also the card's hidden JSON. */
export interface RunCard {
  readonly folder: string | null;
  readonly environment: Environment;
  readonly warnings: readonly Warning[];
}

/**
 * A card that says what a run was: machine, versions, seed, how much was measured, and its warnings with advice.
 * The HTML carries folder, environment and warnings as JSON in `script[data-wirelab=run]`.
 *
 * @example
 * runCard(run.info, run.folder)
 */
export function runCard(info: RunInfo, folder: string | null): RunCard {
  const card: RunCard = { folder, environment: info.environment, warnings: info.warnings };
  return showable(card, { html: () => runCardHtml(info, folder), text: () => runCardText(info, folder) });
}

/** The card as HTML. */
export function runCardHtml(info: RunInfo, folder: string | null): string {
  const lines = cardLines(info, folder).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  const { environment, warnings } = info;
  return html`<div class="wirelab">${styleTag()}<p class="note">The run “${info.name}”</p><dl>${lines}</dl>
${warnings.map(warningHtml)}
${jsonScript({ folder, environment, warnings }, { "data-wirelab": "run" })}</div>`.markup;
}

function warningHtml({ message, advice }: Warning): Markup {
  return html`<p class="warning" role="note"><b>${message}</b> ${advice}</p>`;
}

/** The card as text. */
export function runCardText(info: RunInfo, folder: string | null): string {
  const lines = cardLines(info, folder).map(([name, value]) => `${name}: ${value}`);
  return [...lines, ...info.warnings.map(({ message, advice }) => `warning: ${message} ${advice}`)].join(
    "\n",
  );
}

function cardLines(info: RunInfo, folder: string | null): readonly (readonly [string, string])[] {
  if (info.imported !== null) return importedLines(info, info.imported, folder);
  const { environment } = info;
  const lines: readonly (readonly [string, string | null])[] = [
    ["measured", `${startedAt(info)}, ${outcome(info)}`],
    ["machine", machine(environment)],
    ["software", software(environment)],
    ["code", commit(environment)],
    [
      "work",
      `${workWords(info)}, ${info.service === undefined ? `server ${hostWords(info)}` : "servers that run already"}`,
    ],
    ["link", linkWords(info)],
    ["encryption", encryptionWords(info)],
    ["same work", saySameWork(info)],
    ["asked at most", boundsWords(info)],
    ["arms", info.arms.map((arm) => armWords(arm, info.load)).join("; ")],
    ["servers", programsWords(info)],
    ["workers", workersWords(info)],
    ["load", loadWords(info)],
    ["pause", info.pauseMs === 0 ? null : `${formatDuration(info.pauseMs)} before every call`],
    ["size", sizeWords(info)],
    ["seed", String(info.seed)],
    ["processors", processorWords(info)],
    ["left out", info.leftOut.length === 0 ? null : info.leftOut.join("; ")],
    ["folder", folder ?? "not saved"],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

/** Of calls that another tool made: what its files tell, and no more. */
function importedLines(
  info: RunInfo,
  { files, sliceMs }: ImportedInfo,
  folder: string | null,
): readonly (readonly [string, string])[] {
  const timed = files.some(({ span }) => span !== null);
  const blocks = sliceMs === null ? "twentieths of an arm's calls" : `slices of ${formatDuration(sliceMs)}`;
  return [
    ["measured", `${timed ? startedAt(info) : "at an unknown time"}, not by wirelab`],
    ...files.map((file) => ["file", importedWords(file)] as const),
    ["work", workWords(info)],
    ["arms", info.arms.map(({ name, client }) => `${name} (${client})`).join("; ")],
    ["machine", "not told by the file"],
    ["intervals", `by resampling ${blocks}; they speak of these calls only`],
    ["left out", info.leftOut.join("; ")],
    ["folder", folder ?? "not saved"],
  ];
}

const clockWords = {
  start: "times are those of a call's start",
  end: "times are those of a call's end",
  none: "without times",
};

function importedWords(file: ImportedFile): string {
  const { calls, tool, version, format, clock, clockStepMs, durationStepMs, covers } = file;
  const by = tool === format ? format : `${tool}${version === null ? "" : ` ${version}`}, ${format}`;
  const step = (ms: number) => (ms === 0 ? "not rounded" : `rounded to ${formatDuration(ms)}`);
  const clocked = clockStepMs === null ? "" : `, ${step(clockStepMs)}`;
  return `${file.file} (${by}): ${formatCount(calls)} calls, timed ${covers}; durations ${step(durationStepMs)}; ${clockWords[clock]}${clocked}`;
}

function startedAt({ startedAt: time }: RunInfo): string {
  return `${formatMoment(time)} UTC`;
}

function outcome({ status, reason }: RunInfo): string {
  return reason === null ? status : `${status}: ${reason}`;
}

function machine({ cpu, cores, memoryBytes, os }: Environment): string {
  return `${cpu}, ${cores} cores, ${formatBytes(memoryBytes)} memory, ${os}`;
}

function software({ node, v8, packages, python }: Environment): string {
  const named = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([name, version]) => `${name} ${version}`);
  const ours = [`Node ${node.replace(/^v/, "")}`, `V8 ${v8}`, ...named(packages)];
  const theirs = python === null ? [] : [`Python ${python.version}`, ...named(python.packages)];
  return [...ours, ...theirs].join(", ");
}

function commit({ gitCommit, gitDirty }: Environment): string | null {
  if (gitCommit === null) return null;
  return `commit ${gitCommit.slice(0, 12)}${gitDirty ? ", with uncommitted changes" : ""}`;
}

function armWords({ name, client, callers }: RunInfo["arms"][number], load: RunInfo["load"]): string {
  return callers === 1 || load !== null
    ? `${name} (${client})`
    : `${name} (${client}, ${formatCount(callers)} callers at once)`;
}

function encryptionWords(info: RunInfo): string | null {
  const calling = info.arms.filter(({ protocol }) => protocol !== "none");
  const encrypted = calling.filter((arm) => isEncrypted(arm, info));
  if (encrypted.length === 0) return null;
  const whose =
    encrypted.length === calling.length ? "" : ` of ${encrypted.map(({ name }) => name).join(" and ")}`;
  return `TLS${whose}, a full handshake for every new connection`;
}

/** Of servers on other machines. */
function boundsWords({ service }: RunInfo): string | null {
  if (service?.bounds == null) return null;
  const { mostCalls, mostPerSecond } = service.bounds;
  return `${formatCount(mostCalls)} calls, ${formatCount(mostPerSecond)} a second, of servers on other machines`;
}

/** Where another program than this project's own serves. */
function programsWords(info: RunInfo): string | null {
  if (info.servers.every(({ program }) => program === "node")) return null;
  return info.servers
    .map(({ server, program }) => `${programs[program].words} for ${callersOf(server, info)}`)
    .join("; ");
}

function workersWords(info: RunInfo): string | null {
  const several = info.servers.filter(({ workers }) => workers > 1);
  const words = several.map(({ server, workers }) => `${workers} processes serve ${callersOf(server, info)}`);
  return words.length === 0 ? null : words.join("; ");
}

function callersOf(server: number, { arms }: RunInfo): string {
  const callers = arms.filter((arm) => arm.server === server && arm.protocol !== "none");
  return callers.map(({ name }) => name).join(" and ");
}

/** What was asked for: `payload of size 524 288`. */
export function workWords({ work, size }: Pick<RunInfo, "work" | "size">): string {
  return size === null ? work : `${work} of size ${formatCount(size)}`;
}

function hostWords({ host }: RunInfo): string {
  return {
    "in-process": "in the same process",
    worker: "in a worker thread",
    child: "in a process of its own",
    remote: "at a remote address",
  }[host];
}

/** The load and who made it; null for calls one after another. */
export function loadWords({ load, clients }: Pick<RunInfo, "load" | "clients">): string | null {
  if (load === null) return null;
  const most = load.kind === "open" ? `, at most ${formatCount(load.users)} under way at once` : "";
  return `${sayLoad(load)}${most}${clients > 1 ? `, from ${clients} client processes` : ""}`;
}

function sizeWords({ pairs, blocks, warmupBlocks, primeCalls, callsPerRound, load }: RunInfo): string {
  const pairWord = pairs === 1 ? "pair of processes" : "pairs of fresh processes";
  const blockWord = blocks === 1 ? "block" : "blocks";
  const round = load === null ? `${formatCount(callsPerRound)} calls an arm` : "the load for every arm";
  const primed = primeCalls > 0 ? `, one of them ${formatCount(primeCalls)} calls made at once` : "";
  return `${pairs} ${pairWord} × ${blocks} ${blockWord} × ${round}, after ${warmupBlocks} blocks to warm up${primed}`;
}

function linkWords({ link }: RunInfo): string | null {
  if (link === null) return null;
  const { pingMs, ...path } = link;
  const measured = pingMs.length === 0 ? "" : `; measured on it ${formatDuration(median([...pingMs]))}`;
  return `${describeLink(path)}${measured}`;
}

function processorWords({ processors }: RunInfo): string {
  if (processors === null) return "left to the system";
  if (processors.client === processors.server) return `client and server share ${processors.client}`;
  return `client on ${processors.client}, server on ${processors.server}`;
}
