"""payload.PayloadService."""

from generated.payload_pb2 import Payload, Size
from generated.payload_pb2_grpc import add_PayloadServiceServicer_to_server
from serving.over_grpc.service import Service
from serving.works.payload_size import payload_size


def _send(request: Payload) -> Size:
    return Size(size=payload_size(request.data))


SERVICE = Service(
    name="payload.PayloadService", add=add_PayloadServiceServicer_to_server, unary={"Send": _send}
)
