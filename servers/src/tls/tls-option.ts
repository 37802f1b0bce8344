import type { ServeTls } from "./identity.js";

/** What was given on a command line: `--tls`, or one of the others, which mean it too. */
type TlsArguments = { readonly [Name in keyof ServeTls]: string | undefined } & {
  readonly tls: boolean | undefined;
};

/** The option `tls` of servers for what was given; none where nothing was. */
export function tlsOption({ tls, ...files }: TlsArguments): { readonly tls?: ServeTls } {
  const given = Object.entries(files).filter(([, file]) => file !== undefined);
  return tls || given.length > 0 ? { tls: Object.fromEntries(given) } : {};
}
