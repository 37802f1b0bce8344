const running = new Set<() => Promise<void>>();

/**
 * Makes `stop` one of what {@link stopAll} ends; the returned function takes it off again.
 * To be called before the first `await` of a start, so that an interrupt in mid-start leaves nothing behind either.
 */
export function track(stop: () => Promise<void>): () => void {
  running.add(stop);
  return () => {
    running.delete(stop);
  };
}

/** Ends every host of this process that still runs, those that are just starting included; what an interrupt calls. */
export async function stopAll(): Promise<void> {
  const stops = [...running];
  running.clear();
  await Promise.allSettled(stops.map((stop) => stop()));
}
