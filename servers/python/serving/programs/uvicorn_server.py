"""An ASGI app as `uvicorn app:app --workers N` serves it."""

import copy
import multiprocessing
import os
import socket
import threading
from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors.multiprocess import Multiprocess

from serving.failures import ServerEnded
from serving.listening import bound_socket
from serving.options import Options

# uvicorn's 5 s are shorter than the rounds of other arms between two rounds of one, and a client that sends just as the
# server closes sees a reset; ten minutes, as the Node server has, is longer than any pause in a run.
KEEP_ALIVE_S = 600


def serve_app(
    create_app: Callable[[], ASGIApp], options: Options, tell_listening: Callable[[int], None]
) -> None:
    """Returns when uvicorn is asked to end. `create_app` is called in each worker, so it must be picklable."""
    # As uvicorn binds by itself. For several workers it does not say TCP, and asyncio leaves Nagle's algorithm on where it
    # is not told: on a kept connection the body of every answer then waits until its head is acknowledged, which takes
    # 40 ms on Linux. With one worker nothing waits.
    bound = bound_socket("REST", options.port, socket.IPPROTO_TCP if options.workers == 1 else 0)
    port = bound.getsockname()[1]
    # What plain uvicorn has; with httptools and uvloop beside it, it would take those, and be another server.
    config = uvicorn.Config(
        partial(create_in_worker, create_app),
        factory=True,
        loop="asyncio",
        http="h11",
        workers=options.workers,
        timeout_keep_alive=KEEP_ALIVE_S,
        log_config=log_config(),
    )
    if options.workers == 1:
        Server(config, lambda: tell_listening(port)).run([bound])
    else:
        Workers(config, [bound], lambda: tell_listening(port)).run()


class Server(uvicorn.Server):
    """uvicorn's own, which says when it accepts connections."""

    def __init__(self, config: uvicorn.Config, accepting: Callable[[], None]) -> None:
        super().__init__(config)
        self._accepting = accepting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._accepting()


class Workers(Multiprocess):
    """uvicorn's own, which says when all accept connections, and starts none in place of one that ended.

    uvicorn would start another, and nobody who measures would be told.
    """

    def __init__(
        self, config: uvicorn.Config, sockets: list[socket.socket], accepting: Callable[[], None]
    ) -> None:
        super().__init__(config, sockets)
        self._accepting = accepting

    def init_processes(self) -> None:
        super().init_processes()
        # Whoever started this process knows how long that may take.
        if all(worker.wait_until_ready(inf) for worker in self.processes):
            self._accepting()

    def keep_subprocess_alive(self) -> None:
        for worker in self.processes:
            if not worker.process.is_alive():
                raise ServerEnded(
                    f"A worker of the server ended (exit status {worker.exitcode}), and the server with it."
                )


def create_in_worker(create_app: Callable[[], ASGIApp]) -> ASGIApp:
    end_with_parent()
    return create_app()


def end_with_parent() -> None:
    """Ends a worker with the process that spawned it, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def log_config() -> dict[str, Any]:
    """uvicorn's own, without its greetings, and with its access lines made but sent nowhere: see access_log.py."""
    config: dict[str, Any] = copy.deepcopy(LOGGING_CONFIG)
    config["handlers"]["access"] = {
        "class": "logging.FileHandler",
        "filename": os.devnull,
        "formatter": "access",
    }
    for name in ("uvicorn", "uvicorn.error"):
        config["loggers"][name]["level"] = "WARNING"
    return config
