from typing import Any

from calling.errors import ClientError
from calling.works.add import add_work
from calling.works.factorial import factorial_work
from calling.works.image import image_work
from calling.works.increment import increment_work
from calling.works.payload import payload_work
from calling.works.work import Work


def find_work(name: str, *, input_file: dict[str, Any] | None, size: int | None) -> Work:
    """The work of that name; `size` is there for those that have one, of an image None for all of it."""
    match name, size:
        case "increment", _:
            return increment_work
        case "add", _:
            return add_work
        case "image", _:
            return image_work(input_file, size)
        case "payload", int():
            return payload_work(size)
        case "factorial", int():
            return factorial_work(size)
        case _:
            raise ClientError(f"The client of Python does not know the work {name}.")
