"""The port of a server, on the loopback address only."""

import errno
import socket

from serving.failures import CannotListen, PortInUse

HOST = "127.0.0.1"


def bound_socket(protocol: str, port: int, transport: int = 0) -> socket.socket:
    """A socket on that port that does not listen yet: calls are refused until somebody answers them.

    `transport` is what Python knows of it besides that it is a stream: `IPPROTO_TCP`, or 0 for nothing.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, transport)
    # As all of the servers set it themselves: the port of one that has just ended can be had.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError as error:
        bound.close()
        raise refused(protocol, port, error) from error
    return bound


def refused(protocol: str, port: int, error: OSError) -> PortInUse | CannotListen:
    """The system's refusal in the words of the Node servers."""
    if error.errno == errno.EADDRINUSE:
        return PortInUse(
            f"Port {port} on {HOST} is in use, so the {protocol} server can't listen there: "
            f"end what uses it, or choose another {protocol} port (0 is any free one)."
        )
    return CannotListen(
        f"The {protocol} server can't listen on {HOST} port {port} ({errno.errorcode.get(error.errno or 0, error)}): "
        "give an address of this machine and a port that you may use."
    )
