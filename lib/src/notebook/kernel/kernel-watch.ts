import type { System } from "typescript";
import { requireOfTslab } from "./of-tslab.js";

// Loaded into a kernel before tslab, whose compiler watches every declaration that a cell's imports lead to, some 700 files, and
// the folders of packages. When both change together, as they do when packages are installed or built while a notebook
// runs, tslab's one timer is asked for twice ("Unexpected pending rebuildTimer") and the kernel ends. A package that a kernel
// has loaded stays as it is until the kernel is started again, so only files that a reader may be writing are watched.
const { sys }: { sys: Required<Pick<System, "watchFile" | "watchDirectory">> } = requireOfTslab(
  "@tslab/typescript-for-tslab",
);
const { watchFile, watchDirectory } = sys;
const unwatched = { close: () => {} };

sys.watchFile = (path, ...rest) => (isLoadedOnce(path) ? unwatched : watchFile(path, ...rest));
sys.watchDirectory = (path, ...rest) => (isLoadedOnce(path) ? unwatched : watchDirectory(path, ...rest));

function isLoadedOnce(path: string): boolean {
  return path.endsWith(".d.ts") || path.endsWith("/package.json") || /\/node_modules(\/|$)/.test(path);
}
