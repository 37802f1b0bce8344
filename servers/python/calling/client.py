"""The arms of a pair that are called from Python."""

import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from calling.arms import open_arm
from calling.arms.arm import Arm
from calling.arms.python_function import FunctionArm
from calling.chain import run_chain
from calling.clock import origin_of
from calling.errors import ClientError
from calling.recorder import Place, Recorder
from calling.watch import Watch
from calling.works import find_work


class Client:
    """Keeps its arms open for the whole pair; runs rounds one at a time."""

    def __init__(self, start: dict[str, Any], watch: Watch, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._origin_ns = origin_of(start["originNs"])
        self._failures_in_a_row: int = start["failuresInARow"]
        self._watch = watch
        self._work = find_work(start["work"], input_file=start["input"], size=start["size"])
        self._choices = {choice["name"]: choice for choice in start["arms"]}
        self._arms = {name: self._open(name) for name in self._choices}

    def run(self, round: dict[str, Any], interrupted: threading.Event) -> dict[str, object]:
        """Runs a chain and sends its calls; tells how it ended."""
        name: str = round["arm"]
        if name not in self._arms:
            raise ClientError(f'This client of Python was not started with "{name}".')
        place = Place(name, round["pair"], round["block"])
        recorder = Recorder(place, origin_ns=self._origin_ns, send=self._send)
        self._watch.interrupted = interrupted
        if "extraCallers" in round:
            # They are one here, with connections of its own like theirs.
            with closing(self._open(name)) as arm:
                self._call(arm, recorder, round["calls"])
        else:
            self._call(self._arms[name], recorder, round["calls"])
        recorder.flush()
        return {"end": self._end_of(name, recorder, interrupted), "load": None, "wire": None}

    def _call(self, arm: Arm, recorder: Recorder, calls: int) -> None:
        if isinstance(arm, FunctionArm):
            arm.run_batch(recorder)
            return
        most = self._failures_in_a_row
        run_chain(arm, self._work, recorder, self._watch, calls=calls, failures_in_a_row=most)

    def _end_of(self, name: str, recorder: Recorder, interrupted: threading.Event) -> dict[str, str]:
        most = self._failures_in_a_row
        if interrupted.is_set():
            return {"status": "interrupted"}
        if recorder.failed_in_a_row < most:
            return {"status": "finished"}
        reason = f"{most} calls of {name} in a row failed, the last with {recorder.last_error}"
        return {"status": "gave-up", "reason": reason}

    def _open(self, name: str) -> Arm:
        choice = self._choices[name]
        return open_arm(choice["arm"], self._work, choice["endpoints"])
