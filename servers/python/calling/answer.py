"""What is known of a call once it is over."""

from dataclasses import dataclass
from math import nan
from typing import Any


# Not frozen, which would triple what making one takes between two calls.
@dataclass(slots=True)
class Answer:
    """An answer, or what there is in place of one."""

    ok: bool
    error: str
    # HTTP status or gRPC status code; -1 when there was none.
    status: int = -1
    # Means nothing unless `ok`.
    output: Any = None
    # Of bodies and messages, without headers or framing.
    bytes_sent: int = 0
    bytes_received: int = 0
    # What it says that its work took in the server.
    server_ms: float = nan
