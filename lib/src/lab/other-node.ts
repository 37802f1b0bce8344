import { type NodeExecutable, nodeOfPackage, readNode } from "../hosts/node-executable.js";

/** A Node of another version, or why there is none, a sentence. */
export type OtherNode =
  | { readonly kind: "found"; readonly node: NodeExecutable }
  | { readonly kind: "none"; readonly why: string };

/** The Node at that path, or for "" that of the npm package `node`; a path that leads to none is a `usage` error. */
export function findOtherNode(path: string): OtherNode {
  const node = path === "" ? nodeOfPackage(import.meta.url) : readNode(path);
  const advice = "`npm install --no-save node@24` brings one, or give a path as otherNode";
  const leftOut = (why: string): OtherNode => {
    return {
      kind: "none",
      why: `Another version of Node was left out, because ${why}: ${advice}.`,
    };
  };
  if (node === null) return leftOut(`none was found beside this one (${process.version})`);
  if (node.version !== process.version) return { kind: "found", node };
  return leftOut(`${node.path} is ${process.version} as well`);
}
