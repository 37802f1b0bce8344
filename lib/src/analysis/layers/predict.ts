import { median } from "simple-statistics";
import type { CallPath } from "../../arms/arm.js";
import { findArm } from "../../arms/registry.js";
import { initialWindowBytes, transferMs } from "../../hosts/link/formula.js";
import type { Run } from "../../record/run.js";
import type { ArmInfo, LinkParameters, Prediction, RunInfo } from "../../record/run-info.js";
import { summarise } from "../summarise.js";
import { uploadRoundTrips } from "./http2-window.js";

/**
 * How long each arm of a run will take over a link, said from the link's parameters, plus what the arm takes by itself,
 * which is the median of `local`: a run without a link, or better over one of no length, which costs its own processor time,
 * with pauses as long as the round trip (`pauseMs`), in which processors fall asleep as they do over it, and encrypted if the calls
 * to come are.
 * Says nothing of gRPC over a limited bandwidth.
 *
 * @example
 * await predict(local, { roundTripMs: 35.594, jitterMs: 0, bandwidthMbps: null, slowStart: true });
 */
export async function predict(local: Run, link: LinkParameters): Promise<Prediction[]> {
  const summaries = await summarise(local);
  return local.info.arms.flatMap(({ name, arm, server }) => {
    const path = pathOf(local.info, { arm, server });
    const { medianMs, bytesSentPerCall } = summaries.find((summary) => summary.arm === name) ?? {};
    // A run that was stopped may have no call of an arm.
    // How a window's leave and a busy line interlock is not modelled, so nothing is said of it.
    if (path?.windowBytes != null && link.bandwidthMbps !== null) return [];
    if (path === null || medianMs === undefined || Number.isNaN(medianMs) || bytesSentPerCall == null)
      return [];
    const { tls } = local.info;
    return [{ arm: name, linkMs: linkMs(path, bytesSentPerCall, link, { tls }), ownMs: medianMs }];
  });
}

/** What an arm waits for at its server, whose window may have been set. */
function pathOf({ servers }: RunInfo, { arm, server }: Pick<ArmInfo, "arm" | "server">): CallPath | null {
  const { path } = findArm(arm);
  const { windowBytes = path?.windowBytes ?? null } = servers.find((one) => one.server === server) ?? {};
  return path && { ...path, windowBytes };
}

/**
 * How long a warm call waits for the network alone, in ms: a round trip for the answer, one more for a handshake,
 * another for that of TLS 1.3 (RFC 8446, 2), and one for each further window that the request fills. A kept connection's TCP window has grown beyond any of these
 * requests; HTTP/2's own window stays as it is.
 */
export function linkMs(
  path: CallPath,
  requestBytes: number,
  link: LinkParameters,
  { tls = false }: { readonly tls?: boolean } = {},
): number {
  const { roundTripMs, bandwidthMbps, stalls } = link;
  const { newConnection: freshConnection, windowBytes } = path;
  const slow = freshConnection && link.slowStart ? initialWindowBytes : Number.POSITIVE_INFINITY;
  const sentMs = transferMs({
    bytes: requestBytes,
    roundTripMs,
    bandwidthMbps,
    freshConnection,
    windowBytes: slow,
  });
  const stalledMs = stalls === null ? 0 : (stalls.perMegabyte * stalls.stallMs * requestBytes) / 1e6;
  // While the line is busy, leave to send more arrives; while leave is waited for, the line stands still.
  const heldMs =
    windowBytes === null ? 0 : (settledRoundTrips(requestBytes, windowBytes) - 0.5) * roundTripMs;
  const securedMs = freshConnection && tls ? roundTripMs : 0;
  return securedMs + Math.max(sentMs, heldMs) + stalledMs + roundTripMs / 2;
}

/** Uploads after which the windows of a kept connection repeat themselves. */
const settledUploads = 9;

/** How many round trips an upload takes on a connection that is kept, by HTTP/2's flow control. */
export function settledRoundTrips(uploadBytes: number, windowBytes: number): number {
  return median(uploadRoundTrips({ uploadBytes, windowBytes, uploads: settledUploads }).slice(1));
}
