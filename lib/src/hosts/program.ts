/**
 * What can be said over a connection, layer by layer, in words: an arm speaks one of these, and a program serves some. Of
 * the two sides, HTTP/1.1's is called at a server's `restUrl` and HTTP/2's at its `grpcAddress`; bare TCP goes with the first.
 */
export const dialects = {
  tcp: "bytes over TCP",
  http: "bytes over HTTP/1.1",
  rest: "REST",
  "rest-protobuf": "protobuf messages over REST",
  http2: "bytes over HTTP/2",
  "http2-protobuf": "protobuf messages over HTTP/2",
  grpc: "gRPC",
  "grpc-stream": "streams of gRPC",
} as const;

export type Dialect = keyof typeof dialects;

/** What a server is made of: this project's own, a rung of the ladder, or one of the posts' stacks. */
interface ProgramFacts {
  readonly kind: "own" | "rung" | "python";
  readonly serves: readonly Dialect[];
  /** As a sentence names it. */
  readonly words: string;
  readonly hasWorkers: boolean;
  readonly encrypts: boolean;
  /** Names of the works that it serves; null for all. */
  readonly works: readonly string[] | null;
  /** Packages of Python that a sentence names with it, by their versions. */
  readonly packages: readonly string[];
  /** Those that answer a call beneath them; a run keeps their versions as well. */
  readonly beneath: readonly string[];
}

/** What the posts' stacks serve and call, which is what the posts measured by them: the work → packages of Python that do it. */
export const worksOfPosts: Readonly<Record<string, readonly string[]>> = {
  increment: [],
  add: [],
  image: ["pillow"],
  payload: [],
  factorial: [],
};

const ofPython = {
  kind: "python",
  hasWorkers: false,
  encrypts: false,
  works: Object.keys(worksOfPosts),
  beneath: [],
} as const;
const ofFlask = { ...ofPython, serves: ["rest"], packages: ["flask", "werkzeug"] } as const;
const underUvicorn = { ...ofPython, serves: ["rest"], hasWorkers: true } as const;
const ofGrpcio = {
  ...ofPython,
  serves: ["grpc", "grpc-stream"],
  packages: ["grpcio"],
  beneath: ["protobuf"],
} as const;
const rung = {
  kind: "rung",
  hasWorkers: false,
  encrypts: false,
  works: ["increment"],
  packages: [],
  beneath: [],
} as const;

/** The programs that can serve, in the order in which tables show them. */
export const programs = {
  node: {
    kind: "own",
    serves: ["rest", "rest-protobuf", "grpc", "grpc-stream"],
    words: "Express and grpc-js",
    hasWorkers: true,
    encrypts: true,
    works: null,
    packages: [],
    beneath: [],
  },
  flask: { ...ofFlask, words: "Flask" },
  starlette: { ...underUvicorn, words: "Starlette", packages: ["starlette", "uvicorn"], beneath: ["h11"] },
  fastapi: {
    ...underUvicorn,
    words: "FastAPI",
    packages: ["fastapi", "uvicorn"],
    beneath: ["starlette", "pydantic", "h11"],
  },
  grpcio: { ...ofGrpcio, words: "grpcio with ten threads" },
  "grpcio-aio": { ...ofGrpcio, words: "grpcio on asyncio" },
  "flask-debug": { ...ofFlask, words: "Flask in debug mode" },
  "flask-terminal": { ...ofFlask, words: "Flask with its access lines on a terminal" },
  "flask-unthreaded": { ...ofFlask, words: "Flask in one thread over HTTP/1.0" },
  "flask-slowest": {
    ...ofFlask,
    words: "Flask in debug mode, in one thread, with its access lines on a terminal",
  },
  net: { ...rung, serves: ["tcp"], words: "node:net" },
  http: { ...rung, serves: ["http"], words: "node:http" },
  express: { ...rung, serves: ["http"], words: "Express without JSON" },
  "express-json": { ...rung, serves: ["rest"], words: "Express without checks" },
  http2: { ...rung, serves: ["http2"], words: "node:http2" },
  "http2-protobuf": { ...rung, serves: ["http2-protobuf"], words: "node:http2 with protobuf messages" },
  "http2-grpc": { ...rung, serves: ["grpc"], words: "gRPC's framing on node:http2" },
} as const satisfies Readonly<Record<string, ProgramFacts>>;

export type Program = keyof typeof programs;

type OfKind<Kind extends ProgramFacts["kind"]> = {
  [Name in Program]: (typeof programs)[Name]["kind"] extends Kind ? Name : never;
}[Program];

/** One that runs in Python. */
export type PythonProgram = OfKind<"python">;

export const programNames = Object.keys(programs) as [Program, ...Program[]];

/** The posts' stacks, in the order in which tables show them. */
export const pythonPrograms = programNames.filter(
  (name): name is PythonProgram => programs[name].kind === "python",
);
