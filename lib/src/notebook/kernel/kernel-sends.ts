import type { Publisher, SocketOptions } from "zeromq";
import { requireOfTslab } from "./of-tslab.js";

// Loaded into a kernel before tslab, which sends outputs without waiting. zeromq.js makes every 512th send wait for the
// event loop and refuses (EBUSY) those that come meanwhile, so outputs would be lost: a table, a figure, the end mark.
// A send timeout of 0 takes that path out (zeromq.js 6.8, src/socket.cc); a publisher has nobody to wait for anyway.
const zeromq: { Publisher: typeof Publisher } = requireOfTslab("zeromq");

zeromq.Publisher = class extends zeromq.Publisher {
  constructor(options?: SocketOptions<Publisher>) {
    super({ sendTimeout: 0, sendHighWaterMark: 0, ...options });
  }
};
