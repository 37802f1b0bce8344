"""calculator.Calculator."""

from generated.calculator_pb2 import Sum, Terms
from generated.calculator_pb2_grpc import add_CalculatorServicer_to_server
from serving.over_grpc.service import Service
from serving.works.add import add


def _add(request: Terms) -> Sum:
    return Sum(sum=add(request.a, request.b))


SERVICE = Service(name="calculator.Calculator", add=add_CalculatorServicer_to_server, unary={"Add": _add})
