import { expect } from "vitest";

/** Checks that REST answered `status` and one sentence, and nothing of its inside. */
export async function expectError(response: Response, status: number, sentence: RegExp): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(Object.keys(body)).toEqual(["error"]);
  expect(body.error).toMatch(sentence);
  expect(text).not.toContain("    at ");
}
