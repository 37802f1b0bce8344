"""What the driver says."""

import json
import os
import select
import sys
import threading
from queue import SimpleQueue
from typing import Any

from calling.watch import Watch

Command = dict[str, Any]


class Commands:
    """Commands in their order, read by a thread of its own: some take effect while a round is under way."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._queue: SimpleQueue[tuple[Command, threading.Event]] = SimpleQueue()
        self._interrupted = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> tuple[Command, threading.Event]:
        """Waits for a command; the event says whether what it asks for has been interrupted."""
        return self._queue.get()

    def _read(self) -> None:
        stdin = sys.stdin.fileno()
        rest = b""
        while True:
            readable, _, _ = select.select([stdin], [], [], self._watch.tick_s)
            if readable:
                chunk = os.read(stdin, 65_536)
                if not chunk:
                    # The driver is gone, even if it was killed: nothing may stay behind.
                    os._exit(0)
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))
            self._watch.look()

    def _take(self, command: Command) -> None:
        match command["do"]:
            case "interrupt":
                self._interrupted.set()
            case "stop":
                os._exit(0)
            case what:
                if what == "start":
                    self._watch.timeout_ms = command["timeoutMs"]
                # Of its own from here on: an interrupt may come before its turn.
                self._interrupted = threading.Event()
                self._queue.put((command, self._interrupted))
