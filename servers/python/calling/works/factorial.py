from typing import Any

from calling.works.work import GrpcForm, RestForm, Work, number_in

MODULUS = 100_000_007


def factorial_work(number: int) -> Work:
    """Asks for the remainder of a factorial: post 004's work."""
    right = remainder(number)
    return Work(
        first=number,
        next=lambda _: number,
        is_right=lambda _, answer: answer[0] == right,
        server_ms=lambda answer: answer[1] * 1000,
        rest=RestForm(path="/factorial/", make=lambda value: {"number": value}, read=read_json),
        grpc=GrpcForm(
            proto="item",
            service="MathService",
            unary="CalculateFactorial",
            message=lambda messages, _id, value: messages.MathServiceCalculateFactorialRequest(number=value),
            read=lambda message: (message.result, message.time_taken),
        ),
    )


def read_json(json: Any) -> tuple[float, float] | None:
    result, seconds = number_in(json, "result"), number_in(json, "time_taken")
    return None if result is None or seconds is None else (result, seconds)


def remainder(number: int) -> int:
    """A remainder at each factor, where servers take one of the whole: another way to the same result."""
    product = 1
    for factor in range(2, number + 1):
        product = product * factor % MODULUS
    return product
