"""What one process of Locust does of a round: which calls its users may make, and what it tells of them."""

import random
import time
from dataclasses import dataclass
from typing import Any

import gevent
from locust.runners import Runner
from report import Call, pack

from calling.works import find_work

REPORT_EVERY_S = 0.25

# As the lab's own users: those of a server that is down would keep both processors busy.
FAILURE_PAUSE_MS = 100


@dataclass(frozen=True)
class Round:
    """A round as the lab asks for it. Of all workers together; None stands for no limit."""

    work: str
    size: int | None
    think_ms: tuple[float, float]
    seed: int
    run_time_ms: float | None
    most_calls: int | None
    most_failures: int | None
    failures_in_a_row: int | None
    timeout_ms: float
    # When it begins, as time.time() has it in s: the one clock that workers elsewhere share, more or less.
    begin_at: float
    # Which worker of how many this one is.
    worker: int
    of: int

    def part_of(self, count: int | None) -> int | None:
        """How many of so many are this worker's."""
        return None if count is None else max(0, -(-(count - self.worker) // self.of))


class Share:
    """The users of this process, and their calls. Its times are in ms from the begin of the round."""

    def __init__(self, asked: Round, runner: Runner) -> None:
        self.work = find_work(asked.work, input_file=None, size=asked.size)
        self.timeout_s = asked.timeout_ms / 1000
        self._asked = asked
        self._runner = runner
        self._begin_at = time.monotonic() + asked.begin_at - time.time()
        self._most_calls = asked.part_of(asked.most_calls)
        most_failures = asked.part_of(asked.most_failures)
        self._most_failures = None if most_failures is None else max(1, most_failures)
        self._calls: list[Call] = []
        self._users_begun: list[float] = []
        self._begun = self._ended = self._failed = self._failed_in_a_row = 0
        self._over_ms: float | None = None
        self._told = False
        self._reporting = gevent.spawn(self._report_on)
        if self._most_calls == 0:
            gevent.spawn(self.tell_end)

    def now_ms(self) -> float:
        return (time.monotonic() - self._begin_at) * 1000

    def begin_user(self) -> tuple[int, random.Random]:
        """A number for a user whom Locust has just started, and randomness of the user's own."""
        number = len(self._users_begun)
        self._users_begun.append(max(0.0, self.now_ms()))
        asked = self._asked
        return number, random.Random(f"{asked.seed} {asked.worker} {number}")

    def pause_ms(self, draw: random.Random, failed: bool) -> float:
        think_ms = draw.uniform(*self._asked.think_ms)
        return max(think_ms, FAILURE_PAUSE_MS) if failed else think_ms

    def may_call(self) -> bool:
        """Whether a further call is to be made; one that is allowed counts as begun."""
        run_time_ms = self._asked.run_time_ms
        if self._over_ms is not None or self._begun == self._most_calls:
            return False
        if run_time_ms is not None and self.now_ms() >= run_time_ms:
            return False
        self._begun += 1
        if self._begun == self._most_calls:
            self._over_ms = self.now_ms()
        return True

    def ms_of(self, at: float) -> float:
        """A time of time.time() on the clock of the round, which goes on evenly whatever is done to the other."""
        return self.now_ms() - (time.time() - at) * 1000

    def record(self, call: Call) -> None:
        self._calls.append(call)
        self._ended += 1
        if call.error == "":
            self._failed_in_a_row = 0
        else:
            self._failed += 1
            self._failed_in_a_row += 1
            self._check_failures(call.error)
        if self._ended == self._most_calls:
            gevent.spawn(self.tell_end)

    def tell_end(self) -> None:
        """Tells all that is left to tell, once."""
        if self._told:
            return
        self._told = True
        self._reporting.kill()
        self._report()
        self._runner.send_message("ended", self._end())

    def interrupt(self) -> None:
        """Ends the calls that are under way, and makes no more."""
        self._over_ms = self.now_ms() if self._over_ms is None else self._over_ms
        self._runner.user_greenlets.kill(block=False)

    def _end(self) -> dict[str, Any]:
        run_time_ms = self._asked.run_time_ms or 0.0
        return {
            "users": len(self._users_begun),
            # Time that users were there, all together: Locust starts them in steps.
            "users_ms": sum(max(0.0, run_time_ms - begun_ms) for begun_ms in self._users_begun),
            "over_ms": self._over_ms,
        }

    def _check_failures(self, error: str) -> None:
        asked = self._asked
        if self._failed == self._most_failures:
            self._give_up(self._failed, error, in_a_row=False)
        elif self._failed_in_a_row == asked.failures_in_a_row:
            self._give_up(self._failed_in_a_row, error, in_a_row=True)

    def _give_up(self, calls: int, error: str, *, in_a_row: bool) -> None:
        if self._over_ms is None:
            self._over_ms = self.now_ms()
            self._runner.send_message("gave-up", {"calls": calls, "error": error, "in_a_row": in_a_row})

    def _report_on(self) -> None:
        while True:
            gevent.sleep(REPORT_EVERY_S)
            self._report()

    def _report(self) -> None:
        calls, self._calls = self._calls, []
        if calls:
            self._runner.send_message("calls", pack(calls))
