"""The calls of a server: how many it has been asked, and the delay that is planted in each."""

import multiprocessing
import threading
from ctypes import c_double, c_longlong
from time import perf_counter_ns
from typing import Any

# Not forked: uvicorn spawns its workers, and gRPC's threads would not survive a fork.
_spawned = multiprocessing.get_context("spawn")


class Calls:
    """Shared by all processes of a server, in memory that they inherit when they are spawned.

    Each counts in a cell of its own, so that a lock of its threads is enough: those of the system cost more.
    """

    def __init__(self, processes: int) -> None:
        self._asked = _spawned.RawArray(c_longlong, processes)
        self._delay_us = _spawned.RawValue(c_double)
        self._lock = threading.Lock()
        self._cell = 0
        self._cells_given = 0

    def __getstate__(self) -> dict[str, Any]:
        """Called once for each process that is spawned with it, which thereby gets its cell."""
        cell = self._cells_given
        self._cells_given += 1
        return {"_asked": self._asked, "_delay_us": self._delay_us, "_cell": cell}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock = threading.Lock()

    def begin(self) -> None:
        """To be called first in each call's handler: counts it and waits for the planted delay.

        Busy, because a timer can't wait for microseconds and would let other calls pass.
        """
        with self._lock:
            self._asked[self._cell] += 1
        delay_us = self._delay_us.value
        if delay_us > 0:
            until_ns = perf_counter_ns() + delay_us * 1000
            while perf_counter_ns() < until_ns:
                pass

    def plant_delay(self, delay_us: float) -> None:
        """For all later calls; 0 ends it."""
        self._delay_us.value = delay_us

    def asked(self) -> int:
        """How many have begun, health aside, those that were refused included."""
        return sum(self._asked)
