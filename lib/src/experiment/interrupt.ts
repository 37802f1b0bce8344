/**
 * An abort signal that fires on Ctrl-C, on a kernel's interrupt, or with `outer`. In a tslab cell a SIGINT listener
 * that is registered before the cell's first await makes the next SIGINT kill the kernel, so await this.
 */
export async function listenForInterrupt(outer?: AbortSignal): Promise<{ signal: AbortSignal; off(): void }> {
  await null;
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once("SIGINT", abort);
  process.once("SIGTERM", abort);
  outer?.addEventListener("abort", abort);
  if (outer?.aborted) abort();
  return {
    signal: controller.signal,
    off() {
      process.off("SIGINT", abort);
      process.off("SIGTERM", abort);
      outer?.removeEventListener("abort", abort);
    },
  };
}
