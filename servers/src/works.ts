import type { GrpcWork, RestWork } from "./served-work.js";
import { checkNames } from "./wrong-option.js";

/** How each protocol serves a work, imported when it is served. */
interface WorkFiles {
  rest(): Promise<{ readonly restWork: RestWork }>;
  grpc(): Promise<{ readonly grpcWork: GrpcWork }>;
}

/**
 * Every work that can be served. Each half is imported only when it is, because libraries take long to load and hold
 * memory; what is imported waits for nothing at its first call. A new work is an entry here and two files in `serving/`.
 */
const works = {
  increment: {
    rest: () => import("./serving/increment-rest.js"),
    grpc: () => import("./serving/increment-grpc.js"),
  },
  add: {
    rest: () => import("./serving/add-rest.js"),
    grpc: () => import("./serving/add-grpc.js"),
  },
  image: {
    rest: () => import("./serving/image-rest.js"),
    grpc: () => import("./serving/image-grpc.js"),
  },
  payload: {
    rest: () => import("./serving/payload-rest.js"),
    grpc: () => import("./serving/payload-grpc.js"),
  },
  factorial: {
    rest: () => import("./serving/factorial-rest.js"),
    grpc: () => import("./serving/factorial-grpc.js"),
  },
  classify: {
    rest: () => import("./serving/classify-rest.js"),
    grpc: () => import("./serving/classify-grpc.js"),
  },
} satisfies Record<string, WorkFiles>;

/** The names of all works. */
export const workNames: readonly string[] = Object.keys(works);

/** `names`, if each is a work; else throws `WrongOption`. */
export function checkWorks(names: readonly string[]): readonly string[] {
  return checkNames("work", names, workNames);
}

/** Loads the works of those names for REST, ready to be called; rejects with `WrongOption`. */
export async function loadRestWorks(names: readonly string[]): Promise<RestWork[]> {
  return Promise.all(chosen(names).map(async ({ rest }) => (await rest()).restWork));
}

/** The same for gRPC. */
export async function loadGrpcWorks(names: readonly string[]): Promise<GrpcWork[]> {
  return Promise.all(chosen(names).map(async ({ grpc }) => (await grpc()).grpcWork));
}

function chosen(names: readonly string[]): readonly WorkFiles[] {
  checkWorks(names);
  return [...(new Set(names) as Set<keyof typeof works>)].map((name) => works[name]);
}
