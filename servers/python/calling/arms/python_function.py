"""The work as a plain function: no protocol at all."""

from time import perf_counter_ns

from calling.answer import Answer
from calling.recorder import Recorder

# The post's whole chain, as of the function in TypeScript.
BATCH_SIZE = 10_000


class FunctionArm:
    """Increments, the only function that the posts timed; a call is too fast for the clock."""

    def run_batch(self, recorder: Recorder) -> None:
        """One round: a batch, in one row."""
        value = 0
        started_ns = perf_counter_ns()
        for _ in range(BATCH_SIZE):
            value = increment(value)
        ended_ns = perf_counter_ns()
        ok = value == BATCH_SIZE
        answer = Answer(ok=ok, error="" if ok else "WRONG_ANSWER")
        recorder.record(answer, index=0, started_ns=started_ns, ended_ns=ended_ns, calls=BATCH_SIZE)

    def close(self) -> None: ...


def increment(value: int) -> int:
    return value + 1
