/** Who can make the calls of a load, each with the arm that stands for an arm's name where it makes them. */
export const engines = {
  /** The lab's own clients. */
  embedded: (arm: string) => arm,
  /** Locust, with the users that the posts had. */
  locust: (arm: string) => ({ rest: "locust-http", grpc: "locust-grpc" })[arm] ?? arm,
} as const satisfies Readonly<Record<string, (arm: string) => string>>;

/** Who makes the calls of a load. */
export type Engine = keyof typeof engines;
