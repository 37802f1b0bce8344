/** A protocol that listens: where, and how to end it at once. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** `host:port`, an IPv6 address in brackets. */
export function formatAddress(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
