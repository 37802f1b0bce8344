// Loaded into a kernel before tslab; listens on the pipe from the process that started it.
//
// A line asks for an interrupt. A real SIGINT that comes while the first, synchronous part of a cell ends is lost, hits
// the next cell, or ends the process, because Node takes the handlers away and puts them back around that part
// (lib/vm.js, breakOnSigint). An event from the pipe comes between cells' turns and does what the signal should.
//
// The end of the pipe means that the starter is gone, however it ended: a kernel has no parent watch of its own, and a
// notebook's servers would stay with it.
process.stdin.on("data", () => process.emit("SIGINT", "SIGINT"));
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
// The watch alone must not keep a kernel alive that was asked to shut down.
if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref();
