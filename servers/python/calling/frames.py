"""The framing of `lib/src/record/log/frame.ts`, and in it calls as `lib/src/record/log/round-part.ts` reads them."""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

MAGIC = b"\x89WL1"

# Names, types and order of `columnTypes` in `lib/src/record/columns.ts`.
COLUMNS = (
    ("intendedMs", "f64"),
    ("startMs", "f64"),
    ("durationMs", "f64"),
    ("firstByteMs", "f64"),
    ("serverMs", "f64"),
    ("bytesSent", "f64"),
    ("bytesReceived", "f64"),
    ("index", "u32"),
    ("calls", "u32"),
    ("status", "i32"),
    ("connectionId", "i32"),
    ("caller", "u16"),
    ("error", "u16"),
    ("ok", "u8"),
)
# What an `array` of a type is made with.
TYPECODES = {"f64": "d", "u32": "I", "i32": "i", "u16": "H", "u8": "B"}


def encode_frame(header: Mapping[str, object], body: bytes = b"") -> bytes:
    """One frame: a JSON object, and the bytes that it describes."""
    head = json.dumps(header, separators=(",", ":")).encode()
    checksum = zlib.crc32(body, zlib.crc32(head))
    return MAGIC + struct.pack("<II", len(head), len(body)) + head + body + struct.pack("<I", checksum)


def encode_calls(
    place: Mapping[str, object], error_codes: Iterable[str], columns: Mapping[str, array[Any]]
) -> bytes:
    """A `calls` frame: part of the round at that place, whose columns are all there and of one length."""
    header = {
        "type": "calls",
        **place,
        "rows": len(columns["index"]),
        "errorCodes": list(error_codes),
        "columns": [{"name": name, "type": kind} for name, kind in COLUMNS],
    }
    return encode_frame(header, b"".join(columns[name].tobytes() for name, _ in COLUMNS))
