"""JSON lines with whoever started this process: what is told on standard output, what is asked on standard input."""

import json
import multiprocessing
import os
import sys
import threading
from multiprocessing import resource_tracker
from typing import Any, NoReturn

from serving.calls import Calls


class Conversation:
    """One for the process, to be made first: what libraries print goes to standard error from then on."""

    def __init__(self) -> None:
        self._lines = os.dup(1)
        os.dup2(2, 1)

    def tell(self, **message: Any) -> None:
        """Writes a message at once, so that two threads can't mix theirs."""
        os.write(self._lines, json.dumps(message).encode() + b"\n")

    def listen(self, calls: Calls) -> None:
        """Answers in a thread of its own, and ends the process when nobody is left to ask: its parent may be gone."""

        def answer() -> None:
            status = 1
            try:
                for line in os.fdopen(os.dup(0), "rb"):
                    self._answer(json.loads(line), calls)
                status = 0
            finally:
                # Whatever went wrong in here: a server that nobody can end would stay for ever.
                end_process(status)

        threading.Thread(target=answer, daemon=True).start()

    def _answer(self, request: dict[str, Any], calls: Calls) -> None:
        if request["type"] == "plant-delay":
            calls.plant_delay(request["delayUs"])
            self.tell(type="delay-planted")
        elif request["type"] == "count":
            self.tell(type="counted", calls=calls.asked())


def end_process(status: int) -> NoReturn:
    """Ends this process and its workers, whatever calls and threads are under way."""
    try:
        end_workers()
        sys.stderr.flush()
    finally:
        os._exit(status)


def end_workers() -> None:
    # A process that outlived this one, if only for a moment, would stay as a zombie where nobody collects orphans.
    workers = multiprocessing.active_children()
    for worker in workers:
        worker.kill()
        worker.join()
    # Python's own helper of spawned processes ends when nobody can write to it.
    helper = resource_tracker.getfd() if workers else None
    if helper is not None:
        os.close(helper)
        os.wait()
