"""gRPC by grpcio, whichever kind of call."""

from typing import Any

import grpc

import stubs
from calling.answer import Answer
from calling.arms.failure import error_code
from calling.works.work import Work

CHANNEL_OPTIONS = (
    # No connection is shared with another channel of this process.
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.enable_http_proxy", 0),
    ("grpc.max_receive_message_length", -1),
)


class GrpcArm:
    """A channel of its own to one server, with the stub that is generated for the work's service."""

    def __init__(self, work: Work, address: str) -> None:
        self._work = work
        self._form = work.grpc
        self._messages = stubs.messages_of(self._form.proto)
        self._channel = grpc.insecure_channel(address, options=CHANNEL_OPTIONS)
        self._stub = stubs.stub_of(self._form.proto, self._form.service, self._channel)

    def answer(self, value: Any, *, request: Any, message: Any, status: int) -> Answer:
        """What an answer says; the size of a message is what it takes serialised."""
        output = self._form.read(message)
        ok = self._work.is_right(value, output)
        error = "" if ok else "WRONG_ANSWER"
        return Answer(ok, error, status, output, request.ByteSize(), message.ByteSize())

    def failed(self, value: Any, error: BaseException) -> Answer:
        bytes_sent: int = self._form.message(self._messages, 0, value).ByteSize()
        if isinstance(error, grpc.RpcError):
            code = error.code()
            return Answer(ok=False, error=code.name, status=code.value[0], bytes_sent=bytes_sent)
        return Answer(ok=False, error=error_code(error), bytes_sent=bytes_sent)

    def close(self) -> None:
        self._channel.close()
