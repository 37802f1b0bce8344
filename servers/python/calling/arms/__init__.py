from typing import Any

from calling.arms.arm import Arm
from calling.arms.python_function import FunctionArm
from calling.errors import ClientError
from calling.works.work import Work


def open_arm(name: str, work: Work, endpoints: dict[str, Any]) -> Arm:
    """Opens one caller; of the libraries, only the one that it needs is loaded."""
    if endpoints.get("tls") is not None:
        raise ClientError("The client of Python does not encrypt: leave tls out.")
    match name:
        case "python-function":
            return FunctionArm()
        case "requests" | "requests-session" | "requests-localhost":
            import requests

            from calling.arms.requests_arms import RequestsArm, at_localhost

            session = requests.Session() if name == "requests-session" else None
            url = at_localhost(endpoints["restUrl"]) if name == "requests-localhost" else endpoints["restUrl"]
            return RequestsArm(work, url, session=session)
        case "httpx":
            from calling.arms.httpx_arm import HttpxArm

            return HttpxArm(work, endpoints["restUrl"])
        case "grpcio":
            from calling.arms.grpc_unary import GrpcUnaryArm

            return GrpcUnaryArm(work, endpoints["grpcAddress"])
        case "grpcio-stream":
            from calling.arms.grpc_stream import GrpcStreamArm

            return GrpcStreamArm(work, endpoints["grpcAddress"])
        case _:
            raise ClientError(f'The client of Python has no arm "{name}".')
