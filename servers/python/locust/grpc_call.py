"""Locust users of gRPC, as the posts have them: each with a channel, calls timed around the stub."""

import time
from typing import Any

import grpc
import lab
from codes import CallFailure, grpc_code
from load_user import LoadUser
from locust.env import Environment

from locust import events
from stubs import messages_of, stub_of


class GrpcCaller(LoadUser):
    """Calls one at a time; whether other users may call meanwhile is for gRPC's support of gevent to say."""

    abstract = True

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        form = self.share.work.grpc
        self._form, self._messages = form, messages_of(form.proto)
        # gRPC shares the connection of channels to one address: users of a process call over the same one.
        self._channel = grpc.insecure_channel(self.host, [("grpc.enable_http_proxy", 0)])
        self._method = getattr(stub_of(form.proto, form.service, self._channel), form.unary)

    def call_server(self, given: Any) -> None:
        exception: Exception | None = None
        length = 0
        start_time, began = time.time(), time.perf_counter()
        try:
            message = self._form.message(self._messages, 0, given)
            answer = self._method(message, timeout=self.share.timeout_s)
        except grpc.RpcError as error:
            exception = error
        response_time = (time.perf_counter() - began) * 1000
        self.bytes_sent = message.ByteSize()
        if exception is None:
            length = answer.ByteSize()
            try:
                self.check(self._form.read(answer))
            except CallFailure as wrong:
                exception = wrong
        self.environment.events.request.fire(
            request_type="grpc",
            name=self._form.unary,
            start_time=start_time,
            response_time=response_time,
            response_length=length,
            exception=exception,
            context=self.context(),
        )


@events.request.add_listener
def tell(
    context: dict[str, Any],
    exception: Exception | None,
    start_time: float,
    response_time: float,
    response_length: int,
    **_: Any,
) -> None:
    error, status = ("", 0) if exception is None else grpc_code(exception)
    context["user"].tell(
        error,
        status=status,
        start_time=start_time,
        duration_ms=response_time,
        bytes_received=response_length,
    )


lab.take_part()
