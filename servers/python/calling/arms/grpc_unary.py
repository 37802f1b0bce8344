from typing import Any

from calling.answer import Answer
from calling.arms.grpc_arm import GrpcArm
from calling.works.work import Work

OK = 0


class GrpcUnaryArm(GrpcArm):
    """Unary calls on one channel."""

    def __init__(self, work: Work, address: str) -> None:
        super().__init__(work, address)
        self._method = getattr(self._stub, self._form.unary)

    def exchange(self, value: Any) -> Any:
        request = self._form.message(self._messages, 0, value)
        return request, self._method(request)

    def read(self, value: Any, reply: Any) -> Answer:
        request, message = reply
        return self.answer(value, request=request, message=message, status=OK)
