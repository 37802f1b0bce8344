"""Calls that workers have told of, as the lab reads them."""

from __future__ import annotations

from array import array
from typing import Any

from report import unpack

from calling.frames import encode_calls


class CallFrames:
    """Makes the frames of one round out of the reports of its workers."""

    def __init__(self, place: dict[str, Any], begin_ms: float, workers: int) -> None:
        self._place = place
        self._begin_ms = begin_ms
        self._workers = workers
        self._calls = 0

    def encode(self, worker: int, message: dict[str, Any]) -> bytes:
        """The frame of a report of that worker: its times on the run's clock, its users numbered over all workers."""
        rows = message["rows"]
        told = unpack(message)
        first, self._calls = self._calls, self._calls + rows
        columns = {
            "intendedMs": self._on_the_clock_of_the_run(told["due_ms"]),
            "startMs": self._on_the_clock_of_the_run(told["start_ms"]),
            "durationMs": told["duration_ms"],
            "firstByteMs": array("d", [float("nan")]) * rows,
            "serverMs": told["server_ms"],
            "bytesSent": told["bytes_sent"],
            "bytesReceived": told["bytes_received"],
            "index": array("I", range(first, first + rows)),
            "calls": array("I", [1]) * rows,
            "status": told["status"],
            "connectionId": array("i", [-1]) * rows,
            "caller": array("H", [user * self._workers + worker for user in told["user"]]),
            "error": told["error"],
            "ok": array("B", [code == 0 for code in told["error"]]),
        }
        return encode_calls(self._place, message["codes"], columns)

    def _on_the_clock_of_the_run(self, times: array[float]) -> array[float]:
        return array("d", [time + self._begin_ms for time in times])
