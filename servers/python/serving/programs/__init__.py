"""The posts' server stacks by name; each has a module with `serve(options, calls, tell_listening)`."""

from typing import Literal, NamedTuple


class Program(NamedTuple):
    """Imported only when it is asked for."""

    module: str
    protocol: Literal["rest", "grpc"]
    has_workers: bool


PROGRAMS = {
    "flask": Program("serving.programs.flask_server", "rest", has_workers=False),
    "starlette": Program("serving.programs.starlette_server", "rest", has_workers=True),
    "fastapi": Program("serving.programs.fastapi_server", "rest", has_workers=True),
    "grpcio": Program("serving.programs.grpcio_server", "grpc", has_workers=False),
    "grpcio-aio": Program("serving.programs.grpcio_aio_server", "grpc", has_workers=False),
    "flask-debug": Program("serving.programs.flask_server", "rest", has_workers=False),
    "flask-terminal": Program("serving.programs.flask_server", "rest", has_workers=False),
    "flask-unthreaded": Program("serving.programs.flask_server", "rest", has_workers=False),
    "flask-slowest": Program("serving.programs.flask_server", "rest", has_workers=False),
}
