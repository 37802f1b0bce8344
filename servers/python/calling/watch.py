"""Ends calls that take too long, or that nobody waits for any more."""

import signal
import threading
from math import inf
from time import perf_counter_ns

# A library may swallow what is raised inside it, so that one has to ask again; but seldom: grpcio looks for signals
# every 200 ms, and each one that comes earlier makes it wait as long once more.
ASK_AGAIN_NS = 1_000_000_000


class CallGivenUp(BaseException):
    """Raised within the call under way; no `Exception`, lest a library take it for a failure of its own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Watch:
    """
    Watches over the calls of the main thread, from another one.

    A signal ends a call, whichever library it is in: the libraries' own time-outs bound a single read, or are told to
    the server, and would be a part of every call.
    """

    def __init__(self) -> None:
        self.timeout_ms = inf
        # Of the round that is under way.
        self.interrupted = threading.Event()
        self._began_ns: int | None = None
        self._ask_at_ns = 0
        self._main_thread = threading.main_thread().ident or 0
        signal.signal(signal.SIGALRM, lambda *_: self._obey())

    @property
    def tick_s(self) -> float | None:
        """How often to look: a time-out comes up to a tenth late."""
        return None if self.timeout_ms == inf else max(0.001, self.timeout_ms / 10_000)

    def call_began(self) -> None:
        self._ask_at_ns = 0
        self._began_ns = perf_counter_ns()

    def call_ended(self) -> None:
        self._began_ns = None

    def look(self) -> None:
        """For the other thread: ends the call under way if it is overdue, or its round interrupted."""
        now_ns = perf_counter_ns()
        if self._reason() is not None and now_ns >= self._ask_at_ns:
            self._ask_at_ns = now_ns + ASK_AGAIN_NS
            signal.pthread_kill(self._main_thread, signal.SIGALRM)

    def _obey(self) -> None:
        reason = self._reason()
        if reason is not None:
            raise CallGivenUp(reason)

    def _reason(self) -> str | None:
        began_ns = self._began_ns
        if began_ns is None:
            return None
        if self.interrupted.is_set():
            return "INTERRUPTED"
        return "TIMEOUT" if perf_counter_ns() - began_ns > self.timeout_ms * 1e6 else None
