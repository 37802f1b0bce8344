"""The works whose requests are JSON: their routes, the fields of their bodies, their answers."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from serving.works.add import add
from serving.works.increment import increment
from serving.works.payload_size import payload_size
from serving.works.requests import MISSING, InvalidRequest
from serving.works.timed_factorial import timed_factorial

JsonAnswer = dict[str, Any]

NO_JSON_BODY = "The request has no JSON body: send one, with Content-Type: application/json."


class JsonWork(NamedTuple):
    """`answer` takes the fields in their order, and looks itself whether they are of their types."""

    paths: tuple[str, ...]
    fields: Mapping[str, type]
    answer: Callable[..., JsonAnswer]


JSON_WORKS = {
    "increment": JsonWork(("/increment",), {"value": int}, lambda value: {"value": increment(value)}),
    "add": JsonWork(("/add",), {"a": float, "b": float}, lambda a, b: {"sum": add(a, b)}),
    "payload": JsonWork(("/payload",), {"data": str}, lambda data: {"size": payload_size(data)}),
    # Post 004's route has the slash; the Node servers take it without, too.
    "factorial": JsonWork(
        ("/factorial/", "/factorial"), {"number": int}, lambda number: timed_factorial(number)._asdict()
    ),
}


def answer_to(work: JsonWork, body: object) -> JsonAnswer:
    """What `work` answers to a JSON body; raises InvalidRequest."""
    return work.answer(*(field(body, name) for name in work.fields))


def field(body: object, name: str) -> object:
    """The named field of a JSON body; MISSING when it isn't there."""
    if not isinstance(body, dict):
        raise InvalidRequest("The body must be a JSON object.")
    return body.get(name, MISSING)


def not_json(reason: object) -> InvalidRequest:
    """`RecursionError` as a reason is Python's of lists in lists in lists."""
    said = "it is nested too deeply" if isinstance(reason, RecursionError) else reason
    return InvalidRequest(f"The body is not valid JSON: {said}.")
