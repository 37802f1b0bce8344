import { type Answer, newAnswer } from "../../arms/arm.js";
import { kindOf, methodsIn } from "../../arms/operation/method.js";
import { listed } from "../../arms/operation/nearest.js";
import { type PreparedOperation, readOperation } from "../../arms/operation/open.js";
import type { Outcome } from "../../arms/operation/opening.js";
import { type Operation, sayOperation } from "../../arms/operation/operation.js";
import type { Secrets } from "../../arms/operation/secrets.js";
import { WirelabError } from "../../errors.js";
import { harmless } from "../../show/harmless.js";
import { inTheClear, type OperationContext, speaksTlsUnasked } from "./address.js";

/**
 * Makes one call of an operation before anything is measured; one that is not as expected is a `server-failed` error that says
 * what was asked, what came and what to do.
 */
export async function firstCall(prepared: PreparedOperation, context: OperationContext): Promise<void> {
  const { name, timeoutMs, secrets, turn } = context;
  const opened = readOperation(prepared, { name, secrets }).open({
    callers: 1,
    timeoutMs,
    nextConnectionId: () => 0,
    place: (caller) => ({ caller, callers: 1, seed: 0 }),
  });
  const answer = newAnswer<Outcome>();
  try {
    await turn();
    await opened.callers[0]?.call(null, answer);
  } finally {
    await opened.close();
  }
  if (answer.ok) return;
  const reason = await explain(prepared, answer, context);
  throw new WirelabError("server-failed", `${name}: ${sayOperation(prepared.operation)} ${reason}`);
}

/** The end of a sentence, and perhaps another one with advice. */
async function explain(
  prepared: PreparedOperation,
  { error, output }: Answer<Outcome>,
  context: OperationContext,
): Promise<string> {
  const { operation, method } = prepared;
  // A call that broke has no outcome; one that the server ended has its words.
  const said = shortened(output?.details ?? "", context.secrets);
  const words = said === "" ? bodyOf(output, context) : ` (${said})`;
  if (/^(UNAUTHENTICATED|PERMISSION_DENIED|HTTP_40[13])$/.test(error)) {
    return `refused the call with ${error}${words}. ${sentWith(operation)}`;
  }
  if (error === "UNIMPLEMENTED") {
    const known = method === null ? [] : methodsIn(method);
    return `is not served there: ${error}${words}. Known from ${sourceOf(operation)}: ${listed(known)}.`;
  }
  if (error === "HTTP_404" || error === "HTTP_405") {
    return `is not served there: ${error}${bodyOf(output, context)}. Check its path and method.`;
  }
  if (/^HTTP_3\d\d$/.test(error)) {
    return `answered ${error}, which sends elsewhere: redirects are not followed, so give the final URL, or expect that status.`;
  }
  if (error.startsWith("HTTP_"))
    return `answered ${error}${bodyOf(output, context)}, and a status of success was to come (expect.status says which).`;
  if (error === "CHECK" || error === "BAD_BODY") {
    return `answered, but ${said}. It answered: ${shortened(output?.text() ?? "", context.secrets)}`;
  }
  if (error === "TIMEOUT") return `did not answer within ${context.timeoutMs} ms.${turnsAdvice(prepared)}`;
  if (error === "DEADLINE_EXCEEDED") return `was not done by its deadline: ${error}${words}.`;
  if (await speaksTlsUnasked(operation, context)) return inTheClear(operation);
  return `failed with ${error}${words}.${certificateAdvice(prepared)}`;
}

function sentWith(operation: Operation): string {
  const [what, given] =
    operation.kind === "rest"
      ? (["headers", operation.headers] as const)
      : (["metadata", operation.metadata] as const);
  const names = Object.keys(given);
  if (names.length === 0) {
    return `No ${what} went with it: give ${what}: { authorization: "Bearer \${TOKEN}" }, or what the server asks for.`;
  }
  return `These ${what} went with it: ${names.join(", ")}.`;
}

function sourceOf(operation: Operation): string {
  return operation.kind === "grpc" && operation.protoFiles !== undefined
    ? "its .proto files"
    : "its reflection";
}

function turnsAdvice({ operation, method }: PreparedOperation): string {
  if (operation.kind !== "grpc" || method === null || !method.requestStream || !method.responseStream)
    return "";
  return operation.turns === "one-by-one"
    ? ` It is a ${kindOf(method)}, and each message waits for the answer to the one before: if it does not answer each, give turns: "all-then-read".`
    : "";
}

/** Since TLS 1.3 a server refuses a client without a certificate only after the handshake. */
function certificateAdvice({ operation: { tls }, endpoints }: PreparedOperation): string {
  if (endpoints.tls === undefined || (typeof tls === "object" && tls.certFile !== undefined)) return "";
  return " If the server asks for a certificate of the client, give tls.certFile and tls.keyFile.";
}

function bodyOf(output: Outcome | null, { secrets }: OperationContext): string {
  const text = shortened(output?.text() ?? "", secrets);
  return text === "" ? "" : ` (${text})`;
}

/** Somebody else's text, on one line and not too long; secrets go first, which would not be known once it is tidied. */
function shortened(text: string, secrets: Secrets): string {
  const line = harmless(secrets.redact(text).replace(/\s+/g, " ").trim().replace(/\.$/, ""));
  return secrets.beginningOf(line, 300);
}
