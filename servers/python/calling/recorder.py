"""The calls of a round, as columns."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import nan
from time import perf_counter_ns
from typing import Any

from calling.answer import Answer
from calling.frames import COLUMNS, TYPECODES, encode_calls

# A kill loses at most what was measured since the last flush.
FLUSH_EVERY_NS = 250_000_000
# What bounds a frame, and the memory that recording takes.
LARGEST_PART_ROWS = 16_384


@dataclass(frozen=True)
class Place:
    """Where a round belongs in its run."""

    arm: str
    pair: int
    block: int


class Recorder:
    """Records the calls of one round and sends them in parts, each a `calls` frame."""

    def __init__(self, place: Place, *, origin_ns: int, send: Callable[[bytes], None]) -> None:
        self.failed_in_a_row = 0
        self.last_error = ""
        self._place = place
        self._origin_ns = origin_ns
        self._send = send
        self._flushed_ns = perf_counter_ns()
        self._empty()

    def record(self, answer: Answer, *, index: int, started_ns: int, ended_ns: int, calls: int = 1) -> None:
        """Adds a row; one of several `calls` has their mean duration."""
        error = answer.error
        if error == "":
            code = 0
            self.failed_in_a_row = 0
        else:
            code = self._codes.setdefault(error, len(self._codes))
            self.failed_in_a_row += 1
            self.last_error = error
        # A call of a chain is due when it is made; the libraries tell neither first byte nor connection.
        start_ms = (started_ns - self._origin_ns) / 1e6
        self._cells.extend(
            (
                start_ms,
                start_ms,
                (ended_ns - started_ns) / 1e6 / calls,
                nan,
                answer.server_ms,
                answer.bytes_sent,
                answer.bytes_received,
                index,
                calls,
                answer.status,
                -1,
                0,
                code,
                answer.ok,
            )
        )
        if ended_ns - self._flushed_ns > FLUSH_EVERY_NS or len(self._cells) >= LARGEST_PART_ROWS * len(
            COLUMNS
        ):
            self.flush()

    def flush(self) -> None:
        """Sends the rows since the last flush, if there are any."""
        self._flushed_ns = perf_counter_ns()
        if len(self._cells) == 0:
            return
        columns = {name: self._column(at, kind) for at, (name, kind) in enumerate(COLUMNS)}
        self._send(encode_calls(asdict(self._place), self._codes, columns))
        self._empty()

    def _column(self, at: int, kind: str) -> array[Any]:
        cells = self._cells[at :: len(COLUMNS)]
        return cells if kind == "f64" else array(TYPECODES[kind], map(int, cells))

    def _empty(self) -> None:
        # Row by row in one array, which is the least work between calls; a double holds every integer of a column.
        self._cells = array("d")
        self._codes = {"": 0}
