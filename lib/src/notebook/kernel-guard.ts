// Loaded into a kernel before tslab: ends it when the process that started it is gone, however that one ended. A kernel
// has no parent watch of its own, and a notebook's servers would stay with it.
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();
// The watch alone must not keep a kernel alive that was asked to shut down.
if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref();
