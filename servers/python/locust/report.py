"""Calls as a worker gathers them, and as columns of bytes in the messages that it sends to its master."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple


class Call(NamedTuple):
    """One that is over. Times are in ms from the begin of the round."""

    due_ms: float
    start_ms: float
    duration_ms: float
    server_ms: float
    bytes_sent: float
    bytes_received: float
    status: int
    # Of its worker's users.
    user: int
    # Its code, "" for none.
    error: str


# As the columns of numbers are packed, in their order; that of codes is last.
_TYPES = "ddddddiH"
_CODE_TYPE = "H"


def pack(calls: list[Call]) -> dict[str, Any]:
    """The message that tells of these calls, of which there is one at least."""
    *numbers, errors = zip(*calls, strict=True)
    codes = {"": 0}
    columns = [array(kind, values) for kind, values in zip(_TYPES, numbers, strict=True)]
    columns.append(array(_CODE_TYPE, [codes.setdefault(error, len(codes)) for error in errors]))
    return {
        "rows": len(calls),
        "codes": list(codes),
        "columns": [column.tobytes() for column in columns],
    }


def unpack(message: dict[str, Any]) -> dict[str, array[Any]]:
    """The columns of a message, by the names of a call; a ValueError where they are not as long as it says."""
    kinds = _TYPES + _CODE_TYPE
    columns = [array(kind, packed) for kind, packed in zip(kinds, message["columns"], strict=True)]
    if any(len(column) != message["rows"] for column in columns):
        raise ValueError("a report's columns differ in length")
    return dict(zip(Call._fields, columns, strict=True))
