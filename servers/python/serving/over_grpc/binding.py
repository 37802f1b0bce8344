"""What both of Python's gRPC servers are made with, and the port that they get."""

from typing import Any

from serving.listening import HOST, bound_socket
from serving.options import Options


def server_options(options: Options) -> list[tuple[str, int]]:
    return [
        ("grpc.max_receive_message_length", options.max_message_bytes),
        ("grpc.max_send_message_length", options.max_message_bytes),
        # Else two servers would share a port without a word.
        ("grpc.so_reuseport", 0),
    ]


def bind(server: Any, port: int) -> int:
    """Returns the port; raises PortInUse. gRPC says little of why it can't have a port, so the system is asked first."""
    if port != 0:
        bound_socket("gRPC", port).close()
    return int(server.add_insecure_port(f"{HOST}:{port}"))
