"""The lab's end of a Locust process: JSON lines come on standard input, frames go out on descriptor 3."""

import json
import os
from collections.abc import Iterator
from typing import Any, NoReturn

import gevent
import gevent.os
from gevent import get_hub
from gevent.lock import BoundedSemaphore

from calling.frames import encode_frame

_FRAMES = 3


def read_lines() -> Iterator[dict[str, Any]]:
    """The lines, as they come. When the lab is gone, however it ended, so is this process."""
    rest = b""
    while True:
        *lines, rest = (rest + get_hub().threadpool.apply(_read_or_exit)).split(b"\n")
        yield from map(json.loads, lines)


def _read_or_exit() -> bytes:
    # In a thread of the system's: users that block the event loop would keep this process, and nobody is left to ask it.
    chunk = os.read(0, 65536)
    if not chunk:
        os._exit(0)
    return chunk


class FrameWriter:
    """Writes frames one after another, whichever greenlets they come from; a full pipe lets others run meanwhile."""

    def __init__(self) -> None:
        gevent.os.make_nonblocking(_FRAMES)
        self._writing = BoundedSemaphore()

    def tell(self, **header: Any) -> None:
        self.write(encode_frame(header))

    def write(self, frame: bytes) -> None:
        rest = memoryview(frame)
        with self._writing:
            while rest:
                rest = rest[gevent.os.nb_write(_FRAMES, rest) :]


def stay() -> NoReturn:
    """Until the lab ends this process."""
    while True:
        gevent.sleep(3600)
