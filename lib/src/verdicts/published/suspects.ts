import { WirelabError } from "../../errors.js";
import type { ArmChoice } from "../../experiment/plan/plan-options.js";
import type { Program } from "../../hosts/program.js";

/** One thing that could have made a published number what it is, as an arm of its own. */
export interface Suspect {
  /** A noun phrase. */
  readonly words: string;
  /** Whether the source published with the post has all of it. */
  readonly inSource: boolean;
  readonly choice: ArmChoice;
}

/** What is suspected of a post's number. */
export interface Suspects {
  /** The arm of the published total. */
  readonly arm: string;
  readonly work: string;
  /** What every suspect is compared with: the stack that stands for the post's. */
  readonly baseline: Suspect;
  readonly suspects: readonly Suspect[];
  /** Suspects that are not tried, each as a sentence with the reason. */
  readonly untried: readonly string[];
}

function suspect(
  words: string,
  arm: string,
  program: Program,
  { inSource = false, ...rest }: Pick<ArmChoice, "server" | "workers"> & { readonly inSource?: boolean } = {},
): Suspect {
  const workers = rest.workers === undefined ? "" : ` with ${rest.workers} workers`;
  return { words, inSource, choice: { name: `${arm} on ${program}${workers}`, arm, program, ...rest } };
}

/**
 * Post 003 is the text of a repository, github.com/huseyinyilmaz/grpc-experiments. Its `rest_simple` of 13 September 2020
 * calls FastAPI by `requests.get` at localhost; gunicorn runs it, with one worker of uvicorn.
 */
const increments: Suspects = {
  arm: "rest",
  work: "increment",
  baseline: suspect(
    "the baseline: requests.post at 127.0.0.1, FastAPI under uvicorn, a new connection for every call",
    "requests",
    "fastapi",
  ),
  suspects: [
    suspect("localhost in place of 127.0.0.1", "requests-localhost", "fastapi", { inSource: true }),
    suspect("a requests.Session in place of requests.post", "requests-session", "fastapi"),
    suspect("Flask by app.run in place of FastAPI", "requests", "flask"),
    suspect("Flask in debug mode: debugger, reloader, indented JSON", "requests", "flask-debug"),
    suspect("Flask that writes its access lines to a terminal", "requests", "flask-terminal"),
    suspect("Flask in one thread over HTTP/1.0, as before its version 1.0", "requests", "flask-unthreaded"),
    suspect(
      "all of these ways of Flask together, called at localhost",
      "requests-localhost",
      "flask-slowest",
    ),
    suspect(
      "two workers of uvicorn, and a connection that is kept, on which Nagle's algorithm waits for acknowledgements",
      "requests-session",
      "fastapi",
      { server: 20, workers: 2 },
    ),
  ],
  untried: [
    "Not tried: macOS, which the post's prompt names. There requests asks the system's settings for proxies at every call (the lab keeps that out of its calls), names are looked up by another process, and loopback is another.",
    "Not tried: GET, by which the post's source calls; the lab's increment is called by POST.",
    "Not tried: localhost with ::1 as its first address where nobody listens, unless the hosts file of this machine has it.",
    "Not tried: the versions of the post's source (FastAPI 0.61.1, uvicorn 0.11.8, requests 2.24.0), because they need a Python of their time, and its gunicorn, uvloop and httptools, because the lab's Python has none.",
  ],
};

const posts: Readonly<Record<string, Suspects>> = { "003": increments };

/**
 * What could have made a post's number what it is. Throws `usage` for a post of which nothing is suspected.
 *
 * @example
 * suspectsOf("003").suspects.map(({ words }) => words);
 */
export function suspectsOf(post: string): Suspects {
  const suspects = posts[post];
  if (suspects !== undefined) return suspects;
  const known = Object.keys(posts).join(", ");
  throw new WirelabError(
    "usage",
    `There are no suspects for a number of post ${post}; there are for ${known}.`,
  );
}
