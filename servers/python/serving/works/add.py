"""Post 000's first work."""

from math import inf, isfinite

from serving.works.requests import InvalidRequest, describe


def add(a: object, b: object) -> float:
    """Adds two numbers; raises InvalidRequest when one is no finite double, or when the sum is none."""
    first, second = finite("a", a), finite("b", b)
    total = first + second
    if not isfinite(total):
        raise InvalidRequest(
            f"a is {describe(first)} and b is {describe(second)}: their sum does not fit into a double."
        )
    return total


def finite(name: str, value: object) -> float:
    number = value
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = inf if value > 0 else -inf
    if not isinstance(number, float) or not isfinite(number):
        raise InvalidRequest(f"{name} must be a finite number, and it is {describe(number)}.")
    return number
