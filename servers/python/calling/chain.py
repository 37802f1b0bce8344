"""Calls that each use the answer to the last, as `lib/src/schedule/chain.ts` makes them."""

from collections.abc import Callable
from time import perf_counter_ns
from typing import Any, NamedTuple

from calling.arms.arm import CallingArm
from calling.recorder import Recorder
from calling.watch import CallGivenUp, Watch
from calling.works.work import Work


class TimedCall(NamedTuple):
    """What a call gave, or what it failed with, and when it was made."""

    reply: Any
    failure: BaseException | None
    started_ns: int
    ended_ns: int


def run_chain(
    arm: CallingArm, work: Work, recorder: Recorder, watch: Watch, *, calls: int, failures_in_a_row: int
) -> None:
    """Makes so many calls, or fewer where the round is interrupted or so many in a row fail."""
    value = work.first
    for index in range(calls):
        if watch.interrupted.is_set() or recorder.failed_in_a_row >= failures_in_a_row:
            return
        call = time_call(arm.exchange, value, watch)
        answer = arm.failed(value, call.failure) if call.failure is not None else arm.read(value, call.reply)
        if answer.ok and work.server_ms is not None:
            answer.server_ms = work.server_ms(answer.output)
        recorder.record(answer, index=index, started_ns=call.started_ns, ended_ns=call.ended_ns)
        # After a failure the chain goes on from the last right answer.
        if answer.ok:
            value = work.next(answer.output)


def time_call(exchange: Callable[[Any], Any], value: Any, watch: Watch) -> TimedCall:
    """Times nothing but the call, what serialises and parses included."""
    reply = None
    failure: BaseException | None = None
    started_ns = perf_counter_ns()
    try:
        watch.call_began()
        started_ns = perf_counter_ns()
        try:
            reply = exchange(value)
        except Exception as error:
            failure = error
        ended_ns = perf_counter_ns()
        watch.call_ended()
    except CallGivenUp as given_up:
        ended_ns = perf_counter_ns()
        watch.call_ended()
        failure = given_up
    return TimedCall(reply, failure, started_ns, ended_ns)
