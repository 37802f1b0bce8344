import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import type { Connection } from "./kernel-process.js";
import { decodeMessage, encodeMessage, type Message } from "./wire.js";

/** Which socket a message came in on: answers come on `shell`, outputs and busy/idle on `iopub`. */
export type Channel = "shell" | "iopub";

/** The client's end of a kernel's sockets. */
export interface KernelChannel {
  /** Sends a request on the shell socket and returns its id. */
  request(type: string, content: Readonly<Record<string, unknown>>): string;
  /** Asks the kernel to shut down, on the control socket. */
  requestShutdown(): void;
  /** Calls `listener` for each message that belongs to the request; one listener a request. */
  listen(requestId: string, listener: (channel: Channel, message: Message) => void): void;
  forget(requestId: string): void;
  close(): void;
}

/** Connects to a kernel; connecting goes on in the background until something listens there. */
export function openChannel(connection: Connection): KernelChannel {
  const session = randomUUID();
  const address = (port: number) => `${connection.transport}://${connection.ip}:${port}`;
  const shell = new Dealer({ linger: 0 });
  const control = new Dealer({ linger: 0 });
  // No high-water mark: a subscriber that is full drops outputs without a word.
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  shell.connect(address(connection.shell_port));
  control.connect(address(connection.control_port));
  iopub.connect(address(connection.iopub_port));
  iopub.subscribe();

  const listeners = new Map<string, (channel: Channel, message: Message) => void>();
  const receive = async (channel: Channel, socket: Dealer | Subscriber) => {
    for await (const frames of socket) {
      const message = decodeMessage(connection.key, frames);
      if (message?.parentId) listeners.get(message.parentId)?.(channel, message);
    }
  };
  void receive("shell", shell);
  void receive("iopub", iopub);

  // A socket takes one send at a time; a send to a kernel that is gone never ends, and close() ends it.
  let sending: Promise<void> = Promise.resolve();
  const send = (socket: Dealer, type: string, content: Readonly<Record<string, unknown>>) => {
    const { id, frames } = encodeMessage(connection.key, session, type, content);
    sending = sending.then(() => socket.send(frames)).catch(() => {});
    return id;
  };
  return {
    request: (type, content) => send(shell, type, content),
    requestShutdown: () => void send(control, "shutdown_request", { restart: false }),
    listen: (id, listener) => void listeners.set(id, listener),
    forget: (id) => void listeners.delete(id),
    close: () => {
      for (const socket of [shell, control, iopub]) socket.close();
    },
  };
}
