"""Post 003's work."""

from serving.works.requests import InvalidRequest, whole_number

INT32_MIN = -2_147_483_648
INT32_MAX = 2_147_483_647


def increment(value: object) -> int:
    """Adds one to an int32; raises InvalidRequest when it is none, or the answer would be none."""
    number = whole_number("value", value)
    if not INT32_MIN <= number <= INT32_MAX:
        raise InvalidRequest(f"value must lie between {INT32_MIN} and {INT32_MAX}, and it is {number}.")
    if number == INT32_MAX:
        raise InvalidRequest(f"value is {INT32_MAX}, the largest int32: one more does not fit.")
    return number + 1
