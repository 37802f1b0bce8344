"""Ways in which posts may have run Flask besides `app.run` with its defaults: what could make it slow, one at a time."""

import os
import socket
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from flask import Flask
from werkzeug.serving import make_server

from serving.listening import HOST


class Way(NamedTuple):
    """What `app.run` is told, and whether its access lines go to a terminal."""

    debug: bool = False
    # Without threads it answers as HTTP/1.0, both as before Flask 1.0.
    threaded: bool = True
    terminal: bool = False


WAYS = {
    "flask": Way(),
    "flask-debug": Way(debug=True),
    "flask-terminal": Way(terminal=True),
    "flask-unthreaded": Way(threaded=False),
    "flask-slowest": Way(debug=True, threaded=False, terminal=True),
}


def open_server(app: Flask, bound: socket.socket, way: Way) -> Callable[[], None]:
    """What serves on a socket that listens, until the process ends."""
    port = bound.getsockname()[1]
    if not way.debug:
        # `app.run` does the same with a banner before it, which has no place for a port that the system chose.
        server = make_server(HOST, port, app, threaded=way.threaded, fd=bound.fileno())
        return server.serve_forever
    # With debug, `app.run` starts itself again, with these two, and serves in that process: it is this one.
    os.environ["WERKZEUG_RUN_MAIN"] = "true"
    os.environ["WERKZEUG_SERVER_FD"] = str(bound.fileno())
    return partial(app.run, HOST, port, debug=True, threaded=way.threaded, load_dotenv=False)
