"""grpc.aio, which post 001 leaves for later."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health import aio as health_aio

from serving.calls import Calls
from serving.options import Options
from serving.over_grpc.binding import bind, server_options
from serving.over_grpc.pieces import Pieces
from serving.over_grpc.service import Chunked, Handlers, Message, Work, load_services
from serving.over_grpc.statuses import status_of


def serve(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    asyncio.run(run(options, calls, tell_listening))


async def run(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    server = grpc.aio.server(options=server_options(options))
    health = health_aio.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(health, server)
    making = handlers(calls, options.max_message_bytes)
    for service in load_services(options.works):
        service.add(making.of(service), server)
        await health.set(service.name, health_pb2.HealthCheckResponse.SERVING)
    port = bind(server, options.port)
    await server.start()
    tell_listening(port)
    await server.wait_for_termination()


def handlers(calls: Calls, max_bytes: int) -> Handlers:
    return Handlers(
        unary=partial(unary, calls), stream=partial(stream, calls), chunked=partial(chunked, calls, max_bytes)
    )


def unary(calls: Calls, work: Work) -> Any:
    async def answer(request: Message, context: grpc.aio.ServicerContext) -> Message:
        calls.begin()
        try:
            return work(request)
        except Exception as error:
            await context.abort(*status_of(error))

    return answer


def stream(calls: Calls, work: Work) -> Any:
    """A message that is refused ends the stream: a message has no status of its own, only the stream has one."""
    one = unary(calls, work)

    async def answers(
        requests: AsyncIterator[Message], context: grpc.aio.ServicerContext
    ) -> AsyncIterator[Message]:
        async for request in requests:
            yield await one(request, context)

    return answers


def chunked(calls: Calls, max_bytes: int, chunks: Chunked) -> Any:
    async def answer(requests: AsyncIterator[Message], context: grpc.aio.ServicerContext) -> Message:
        calls.begin()
        pieces = Pieces(max_bytes)
        async for request in requests:
            try:
                pieces.append(chunks.bytes_of(request))
            except Exception as error:
                await context.abort(*status_of(error))
        try:
            return chunks.work(pieces.joined())
        except Exception as error:
            await context.abort(*status_of(error))

    return answer
