"""increment.Incrementer."""

from generated.increment_pb2 import Number
from generated.increment_pb2_grpc import add_IncrementerServicer_to_server
from serving.over_grpc.service import Service
from serving.works.increment import increment


def _increment(request: Number) -> Number:
    return Number(id=request.id, value=increment(request.value))


SERVICE = Service(
    name="increment.Incrementer",
    add=add_IncrementerServicer_to_server,
    unary={"Increment": _increment},
    streams={"IncrementStream": _increment},
)
