from dataclasses import replace
from itertools import count
from queue import SimpleQueue
from typing import Any

from calling.answer import Answer
from calling.arms.grpc_arm import GrpcArm
from calling.works.work import Work

# A message on an open stream has none of its own.
NO_STATUS = -1


class StreamEnded(Exception):
    """The server has ended the stream while a call waited for its answer."""


class GrpcStreamArm(GrpcArm):
    """One two-way stream, a call at a time; one that fails ends it, and the next call opens another."""

    def __init__(self, work: Work, address: str) -> None:
        super().__init__(work, address)
        self._method = getattr(self._stub, self._form.stream or "")
        self._ids = count(1)
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self._answers: Any = None

    def exchange(self, value: Any) -> Any:
        if self._answers is None:
            self._open()
        id = next(self._ids)
        request = self._form.message(self._messages, id, value)
        self._requests.put(request)
        for message in self._answers:
            if message.id == id:
                return request, message
        raise StreamEnded

    def read(self, value: Any, reply: Any) -> Answer:
        request, message = reply
        return self.answer(value, request=request, message=message, status=NO_STATUS)

    def failed(self, value: Any, error: BaseException) -> Answer:
        self._end()
        answer = super().failed(value, error)
        return replace(answer, error="STREAM_ENDED") if isinstance(error, StreamEnded) else answer

    def close(self) -> None:
        self._end()
        super().close()

    def _open(self) -> None:
        self._requests = SimpleQueue()
        self._answers = self._method(iter(self._requests.get, None))

    def _end(self) -> None:
        # grpcio reads requests in a thread of its own, which waits for the next.
        self._requests.put(None)
        if self._answers is not None:
            self._answers.cancel()
        self._answers = None
