"""grpc.server with ten threads, as posts 001 and 004 have it (003 as the gRPC tutorial, which is the same)."""

from collections.abc import Callable, Iterator
from concurrent import futures
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health import HealthServicer

from serving.calls import Calls
from serving.options import Options
from serving.over_grpc.binding import bind, server_options
from serving.over_grpc.pieces import Pieces
from serving.over_grpc.service import Chunked, Handlers, Message, Work, load_services
from serving.over_grpc.statuses import status_of

# Each call has one until it ends, a stream too: an eleventh stream waits for one of ten to end.
THREADS = 10


def serve(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=THREADS), options=server_options(options))
    health = HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(health, server)
    making = handlers(calls, options.max_message_bytes)
    for service in load_services(options.works):
        service.add(making.of(service), server)
        health.set(service.name, health_pb2.HealthCheckResponse.SERVING)
    port = bind(server, options.port)
    server.start()
    tell_listening(port)
    server.wait_for_termination()


def handlers(calls: Calls, max_bytes: int) -> Handlers:
    return Handlers(
        unary=partial(unary, calls), stream=partial(stream, calls), chunked=partial(chunked, calls, max_bytes)
    )


def unary(calls: Calls, work: Work) -> Any:
    def answer(request: Message, context: grpc.ServicerContext) -> Message:
        calls.begin()
        try:
            return work(request)
        except Exception as error:
            context.abort(*status_of(error))

    return answer


def stream(calls: Calls, work: Work) -> Any:
    """A message that is refused ends the stream: a message has no status of its own, only the stream has one."""
    one = unary(calls, work)

    def answers(requests: Iterator[Message], context: grpc.ServicerContext) -> Iterator[Message]:
        for request in requests:
            yield one(request, context)

    return answers


def chunked(calls: Calls, max_bytes: int, chunks: Chunked) -> Any:
    def answer(requests: Iterator[Message], context: grpc.ServicerContext) -> Message:
        calls.begin()
        pieces = Pieces(max_bytes)
        for request in requests:
            try:
                pieces.append(chunks.bytes_of(request))
            except Exception as error:
                context.abort(*status_of(error))
        try:
            return chunks.work(pieces.joined())
        except Exception as error:
            context.abort(*status_of(error))

    return answer
