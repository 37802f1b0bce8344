"""What the users of all protocols have in common: when they call, with what, and how a call is told of."""

import math
from typing import Any, ClassVar

from codes import CallFailure
from gevent import GreenletExit
from locust.env import Environment
from locust.exception import StopUser
from report import Call
from share import Share

from locust import User, task


class LoadUser(User):
    """Calls, pauses and calls again, until the share of its process is done."""

    abstract = True

    # Set before Locust starts the first user.
    share: ClassVar[Share]

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._number, self._random = self.share.begin_user()
        self._given = self.share.work.first
        self._due_ms = self.share.now_ms()
        self._failed = False
        self._server_ms = math.nan
        # Body bytes of the call under way, for the user of a protocol to say.
        self.bytes_sent = 0

    def call_server(self, given: Any) -> None:
        """Makes one call, of which Locust tells by its `request` event."""
        raise NotImplementedError

    def check(self, output: Any) -> None:
        """Takes an answer, None for one of another form; raises what Locust is to tell of where it is wrong."""
        work = self.share.work
        if output is None:
            raise CallFailure("BAD_BODY")
        if work.server_ms is not None:
            self._server_ms = work.server_ms(output)
        if not work.is_right(self._given, output):
            raise CallFailure("WRONG_ANSWER")
        self._given = work.next(output)

    def wait_time(self) -> float:
        pause_ms = self.share.pause_ms(self._random, self._failed)
        self._due_ms = self.share.now_ms() + pause_ms
        return pause_ms / 1000

    def context(self) -> dict[str, Any]:
        return {"user": self}

    @task
    def call(self) -> None:
        if not self.share.may_call():
            raise StopUser
        self._server_ms = math.nan
        start_ms = self.share.now_ms()
        try:
            self.call_server(self._given)
        except BaseException as ended:
            # Of these Locust tells nothing: a user who is stopped in mid-call, and an error that nobody foresaw.
            error = "INTERRUPTED" if isinstance(ended, GreenletExit) else "FAILED"
            self._record(error, -1, start_ms, self.share.now_ms() - start_ms, 0)
            raise

    def tell(
        self, error: str, *, status: int, start_time: float, duration_ms: float, bytes_received: int
    ) -> None:
        """Records a call as Locust told of it."""
        self._record(error, status, self.share.ms_of(start_time), duration_ms, bytes_received)

    def time_out(self, start_ms: float) -> None:
        """Records a call that was given up, of which Locust tells nothing."""
        self._record("TIMEOUT", -1, start_ms, self.share.now_ms() - start_ms, 0)

    def _record(
        self, error: str, status: int, start_ms: float, duration_ms: float, bytes_received: int
    ) -> None:
        self._failed = error != ""
        call = Call(
            due_ms=self._due_ms,
            start_ms=start_ms,
            duration_ms=duration_ms,
            server_ms=self._server_ms,
            bytes_sent=self.bytes_sent,
            bytes_received=bytes_received,
            status=status,
            user=self._number,
            error=error,
        )
        self.share.record(call)
