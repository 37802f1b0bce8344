import { type ServiceError, status } from "@grpc/grpc-js";

/** What a call came to, the same for both protocols. */
export type Outcome<Answer> =
  | { readonly answer: Answer }
  | { readonly refused: "invalid" | "too large" | number; readonly sentence: string };

export async function restOutcome<Answer>(answering: Promise<Response>): Promise<Outcome<Answer>> {
  const response = await answering;
  const json = (await response.json()) as Answer & { error: string };
  if (response.ok) return { answer: json };
  const refused = { 400: "invalid", 413: "too large" } as const;
  return {
    refused: refused[response.status as keyof typeof refused] ?? response.status,
    sentence: json.error,
  };
}

export function grpcOutcome<Answer>(answering: Promise<Answer>): Promise<Outcome<Answer>> {
  const refused: Partial<Record<status, "invalid" | "too large">> = {
    [status.INVALID_ARGUMENT]: "invalid",
    [status.RESOURCE_EXHAUSTED]: "too large",
  };
  return answering.then(
    (answer) => ({ answer }),
    ({ code, details }: ServiceError) => ({ refused: refused[code] ?? code, sentence: details }),
  );
}
