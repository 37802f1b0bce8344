"""The factorial work's answer, as all programs send it."""

from time import perf_counter
from typing import NamedTuple

from serving.works.factorial import factorial


class TimedFactorial(NamedTuple):
    """The server's own time for it is in seconds."""

    result: int
    time_taken: float


def timed_factorial(number: object) -> TimedFactorial:
    began = perf_counter()
    result = factorial(number)
    return TimedFactorial(result, perf_counter() - began)
