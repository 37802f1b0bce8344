import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calling.errors import ClientError
from calling.works.work import GrpcForm, RestForm, Work, number_in

PHOTO = Path(__file__).resolve().parents[4] / "data" / "images" / "photo.jpg"


@dataclass(frozen=True)
class Picture:
    """What is sent, and the right answer in words; None where any answer of the right form will do."""

    data: bytes
    content_type: str
    answer: str | None


def image_work(input_file: dict[str, Any] | None, size_bytes: int | None) -> Work:
    """Sends an image, or so many first bytes of the own one, and gets its size back: the large work of post 000."""
    picture = own_photo(size_bytes) if input_file is None else read_picture(input_file)
    return Work(
        first=picture.data,
        next=lambda _: picture.data,
        is_right=lambda _, size: picture.answer is None or say(*size) == picture.answer,
        rest=RestForm(
            path="/image",
            make=lambda data: data,
            read=read_json,
            content_type=picture.content_type,
        ),
        grpc=GrpcForm(
            proto="image",
            service="Images",
            unary="Measure",
            message=lambda messages, _id, data: messages.Image(image=data),
            read=lambda message: (message.width, message.height, message.bytes),
        ),
    )


def own_photo(size_bytes: int | None) -> Picture:
    data = PHOTO.read_bytes()[:size_bytes]
    return Picture(data, "image/jpeg", say(2400, 1600, len(data)))


def read_picture(input_file: dict[str, Any]) -> Picture:
    path: str = input_file["path"]
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ClientError(f"{path} cannot be read ({error.strerror}): give the path of an image.") from error
    if hashlib.sha256(data).hexdigest() != input_file["sha256"]:
        raise ClientError(f"{path} has changed since the run was planned: measure again.")
    return Picture(data, input_file["contentType"], input_file["answer"])


def say(width: float, height: float, size_bytes: float) -> str:
    return f"{width} × {height} pixels in {size_bytes} bytes"


def read_json(json: Any) -> tuple[float, float, float] | None:
    width, height, size_bytes = (number_in(json, name) for name in ("width", "height", "bytes"))
    return None if width is None or height is None or size_bytes is None else (width, height, size_bytes)
