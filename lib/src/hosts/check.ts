/** Whether a half answered; if not, why, as the end of a sentence, and what to do where it isn't to start the server. */
export type Check =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly advice?: string };

/** Nothing came. */
export const silence = (timeoutMs: number) => `it did not answer within ${timeoutMs} ms`;

/** What the system said, in words where it is usual. */
export function because(cause: string): string {
  if (cause.includes("ECONNREFUSED")) return "nothing listens there";
  if (cause.includes("ENOTFOUND") || cause.includes("EAI_AGAIN")) return "there is no host of that name";
  if (cause.includes("Name resolution failed")) return "there is no host of that name";
  return `it said: ${cause}`;
}
