"""What was asked, as far as it is wrong, in the words of the Node servers."""

from math import inf

# What a caller is told of an exception that nobody foresaw.
SERVER_FAILED = "The server failed; it says why on its standard error."


class InvalidRequest(Exception):
    """The caller asked for something that this work can't do; the sentence says what was wrong."""


class TooLarge(Exception):
    """The caller sent more than the limit; the sentence names it."""


class Missing:
    """What a field is that was not sent."""


MISSING = Missing()


def describe(value: object) -> str:
    """What `value` is, as the end of "must be …, and it is": a number as itself, of anything else only its kind."""
    match value:
        case Missing():
            return "missing"
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int():
            return str(value)
        case float():
            return describe_float(value)
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"


def describe_float(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (inf, -inf):
        return "Infinity" if value > 0 else "-Infinity"
    # Without a point, as JavaScript writes it, which goes over to exponents here.
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def whole_number(name: str, value: object) -> int:
    """`value` as an int: in JSON 5.0 is a whole number too, and `true` is none."""
    if type(value) is int:
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise InvalidRequest(f"{name} must be a whole number, and it is {describe(value)}.")
