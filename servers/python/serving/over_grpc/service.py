"""A work as gRPC serves it, whichever of Python's servers does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import SimpleNamespace
from typing import Any

Message = Any

Work = Callable[[Message], Message]


@dataclass(frozen=True)
class Chunked:
    """One answer to all pieces of a client's stream together."""

    bytes_of: Callable[[Message], bytes]
    work: Callable[[bytes], Message]


@dataclass(frozen=True)
class Service:
    """`add` is the generated function that adds an object with the methods to a server.

    `streams` are two-way, with an answer to each message.
    """

    name: str
    add: Callable[[Any, Any], None]
    unary: Mapping[str, Work]
    streams: Mapping[str, Work] = field(default_factory=dict)
    chunked: Mapping[str, Chunked] = field(default_factory=dict)


@dataclass(frozen=True)
class Handlers:
    """What makes of each kind of method one that a server calls: with threads another than with a loop."""

    unary: Callable[[Work], Any]
    stream: Callable[[Work], Any]
    chunked: Callable[[Chunked], Any]

    def of(self, service: Service) -> SimpleNamespace:
        """An object with the methods of `service`."""
        return SimpleNamespace(
            **{name: self.unary(work) for name, work in service.unary.items()},
            **{name: self.stream(work) for name, work in service.streams.items()},
            **{name: self.chunked(work) for name, work in service.chunked.items()},
        )


def load_services(works: tuple[str, ...]) -> list[Service]:
    """Loads what those works need, and nothing else."""
    return [import_module(f"serving.over_grpc.{work}").SERVICE for work in works]
