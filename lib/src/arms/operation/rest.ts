import { type HttpTalk, openHttpTalkers, parseJson } from "../rest/http-caller.js";
import { undiciDispatch } from "../rest/undici-connection.js";
import { mismatch, type Observed } from "./expect.js";
import type { OpenOperation, OperationInputs, Outcome } from "./opening.js";
import { httpMethod, type RestOperation } from "./operation.js";
import { restTemplates } from "./rest-request.js";
import type { Secrets } from "./secrets.js";
import { fixedOf } from "./template.js";
import { callValues } from "./values.js";

/** Opens callers of a REST operation, each on a connection of its own. */
export function openRest(operation: RestOperation, options: OpenOperation & OperationInputs) {
  const templates = restTemplates(operation, options.template);
  const headers = fixedOf(templates.headers);
  const method = httpMethod(operation);
  const talkOf = (number: number): HttpTalk<null, Outcome> => {
    const values = callValues(options.place(number), options.rows);
    return {
      request: () => {
        const of = values();
        return {
          method,
          path: templates.path.make(of),
          headers: headers ?? templates.headers.make(of),
          body: templates.body.make(of),
          newConnection: false,
        };
      },
      judge: (_, { status, contentType, body }, answer) => {
        const response = { status, contentType: contentType ?? "", body };
        const wrong = wrongWith(operation, response, options.template.secrets);
        answer.output = { details: wrong?.details ?? "", text: () => body.toString(), messages: null };
        answer.ok = wrong === null;
        answer.error = wrong?.code ?? "";
      },
    };
  };
  return openHttpTalkers(options, undiciDispatch, talkOf);
}

interface Response {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Why a response is not as expected; JSON is parsed as a client would that uses it. */
function wrongWith(
  { expect }: RestOperation,
  { status, contentType, body }: Response,
  secrets: Secrets,
): { readonly code: string; readonly details: string } | null {
  if (!statusFits(status, expect.status)) return { code: `HTTP_${status}`, details: "" };
  const isJson = /\bjson\b/i.test(contentType) && body.byteLength > 0;
  const json = isJson || expect.json !== undefined ? parseJson(body.toString()) : undefined;
  if (isJson && json === null && body.toString().trim() !== "null") {
    return { code: "BAD_BODY", details: "its body is not the JSON that it says it is" };
  }
  const observed: Observed = {
    text: () => body.toString(),
    json: () => json,
    sizeBytes: body.byteLength,
    messages: null,
  };
  const details = mismatch(expect, observed, secrets);
  return details === null ? null : { code: "CHECK", details };
}

function statusFits(status: number, wanted: RestOperation["expect"]["status"]): boolean {
  if (wanted === undefined) return status >= 200 && status < 300;
  return [wanted].flat().includes(status);
}
