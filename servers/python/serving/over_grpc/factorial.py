"""item.MathService."""

from generated.item_pb2 import MathServiceCalculateFactorialRequest, MathServiceCalculateFactorialResponse
from generated.item_pb2_grpc import add_MathServiceServicer_to_server
from serving.over_grpc.service import Service
from serving.works.timed_factorial import timed_factorial


def _calculate(request: MathServiceCalculateFactorialRequest) -> MathServiceCalculateFactorialResponse:
    return MathServiceCalculateFactorialResponse(**timed_factorial(request.number)._asdict())


SERVICE = Service(
    name="item.MathService", add=add_MathServiceServicer_to_server, unary={"CalculateFactorial": _calculate}
)
