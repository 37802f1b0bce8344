import { median } from "simple-statistics";
import type { CallPath } from "../arms/arm.js";
import { findArm } from "../arms/registry.js";
import { firstWindowBytes, type LinkParameters } from "../hosts/link/parameters.js";
import type { Run } from "../record/run.js";
import type { Prediction } from "../record/run-info.js";
import { uploadRoundTrips } from "./http2-window.js";
import { summarise } from "./summarise.js";

/**
 * How long each arm of a run will take over a link, said from the link's parameters, plus what the arm takes by itself,
 * which is the median of `local`: a run without a link, or better over one of no length, which costs its own processor time.
 *
 * @example
 * await predict(local, { roundTripMs: 35.594, jitterMs: 0, bandwidthMbps: null, slowStart: true });
 */
export async function predict(local: Run, link: LinkParameters): Promise<Prediction[]> {
  const summaries = await summarise(local);
  return local.info.arms.flatMap(({ name, arm }) => {
    const { path } = findArm(arm);
    const { p50Ms, bytesSentPerCall } = summaries.find((summary) => summary.arm === name) ?? {};
    if (path === null || !p50Ms || bytesSentPerCall == null) return [];
    return [{ arm: name, linkMs: linkMs(path, bytesSentPerCall, link), ownMs: p50Ms.value }];
  });
}

/**
 * How long a warm call waits for the network alone, in ms: a round trip for the answer, one more for a handshake, and
 * one for each further window that the request fills. A kept connection's TCP window has grown beyond any of these
 * requests; HTTP/2's own window stays as it is.
 */
export function linkMs(path: CallPath, requestBytes: number, link: LinkParameters): number {
  // Jitter is drawn evenly from nothing to its largest, once each way.
  const roundTripMs = link.roundTripMs + link.jitterMs;
  const stalledMs =
    link.stalls === null ? 0 : (link.stalls.perMegabyte * link.stalls.stallMs * requestBytes) / 1e6;
  const lineMs = link.bandwidthMbps === null ? 0 : (requestBytes * 8) / (link.bandwidthMbps * 1000);
  const handshakeMs = path.newConnection ? roundTripMs : 0;
  const waitedMs = (roundTripsOf(path, requestBytes, link) - 1) * roundTripMs;
  // While one window waits for its leave the line stands still; while the line is busy, leave arrives.
  return handshakeMs + stalledMs + Math.max(waitedMs, lineMs) + roundTripMs;
}

/** Uploads after which the windows of a kept connection repeat themselves. */
const settledUploads = 9;

function roundTripsOf(
  { newConnection, windowBytes }: CallPath,
  requestBytes: number,
  link: LinkParameters,
): number {
  if (windowBytes !== null) {
    const uploads = uploadRoundTrips({ uploadBytes: requestBytes, windowBytes, uploads: settledUploads });
    return median(uploads.slice(1));
  }
  return newConnection && link.slowStart ? slowStartRoundTrips(requestBytes) : 1;
}

/** A window that doubles every round trip (RFC 5681, without loss). */
function slowStartRoundTrips(bytes: number): number {
  return Math.max(1, Math.ceil(Math.log2(bytes / firstWindowBytes + 1)));
}
