"""The clock of a run, which all of its processes share."""

import sys
import time


def run_clock_ns() -> int:
    """Now on the clock of Node's `process.hrtime`, in ns."""
    # libuv counts a Mac's sleep, and so does this clock of macOS; Python's own clocks do not.
    clock = time.CLOCK_MONOTONIC_RAW if sys.platform == "darwin" else time.CLOCK_MONOTONIC
    return time.clock_gettime_ns(clock)


def origin_of(origin_ns: str) -> int:
    """The start of the run on the clock that times calls, `time.perf_counter_ns`: on Linux the same clock."""
    return time.perf_counter_ns() - (run_clock_ns() - int(origin_ns))
