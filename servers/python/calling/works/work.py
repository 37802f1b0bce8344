"""The work of one call as a client sees it: `lib/src/arms/workload.ts` for Python."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class RestForm:
    """What goes over REST: as JSON what `make` gives, or as bytes of another type."""

    path: str
    make: Callable[[Any], Any]
    # The answer in parsed JSON; None when it is not there.
    read: Callable[[Any], Any]
    content_type: str = "application/json"

    def arguments(self, value: Any, *, raw: str = "data") -> dict[str, Any]:
        """The same as arguments of a library's `post`, which takes bytes as `raw`."""
        made = self.make(value)
        if self.content_type == "application/json":
            return {"json": made}
        return {raw: made, "headers": {"content-type": self.content_type}}


@dataclass(frozen=True)
class GrpcForm:
    """What goes over gRPC: names as in `proto/`."""

    proto: str
    service: str
    unary: str
    # A message, made of the module of messages, an id (0 where messages have none) and an input.
    message: Callable[[ModuleType, int, Any], Any]
    read: Callable[[Any], Any]
    # Two-way stream of the same messages, matched by their ids.
    stream: str | None = None


@dataclass(frozen=True)
class Work:
    # The input of the first call of a chain.
    first: Any
    # The input that follows from an answer.
    next: Callable[[Any], Any]
    # Whether an input has that answer; a wrong one is a failed call.
    is_right: Callable[[Any, Any], bool]
    rest: RestForm
    grpc: GrpcForm
    # What an answer says that the work took in the server, in ms, where it says so.
    server_ms: Callable[[Any], float] | None = None


def number_in(json: Any, name: str) -> int | float | None:
    """A number of a JSON object; None where there is no such number."""
    value = json.get(name) if isinstance(json, dict) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
