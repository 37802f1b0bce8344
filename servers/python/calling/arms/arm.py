"""What every way of calling from Python has in common."""

from typing import Any, Protocol

from calling.answer import Answer
from calling.arms.python_function import FunctionArm


class CallingArm(Protocol):
    """One caller on connections of its own."""

    def exchange(self, value: Any) -> Any:
        """Makes the call: all of this is timed, and nothing else."""

    def read(self, value: Any, reply: Any) -> Answer:
        """What an exchange says that has come to its end."""

    def failed(self, value: Any, error: BaseException) -> Answer:
        """What is known of one that has not."""

    def close(self) -> None: ...


Arm = CallingArm | FunctionArm
