"""Post 000's second work."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image

from serving.works.requests import InvalidRequest

MAX_PIXELS = 40_000_000

# Pillow's own limit would come first, at another number.
Image.MAX_IMAGE_PIXELS = None
# Else the first call would load what reads images.
Image.preinit()


class ImageSize(NamedTuple):
    """In pixels as stored, before any EXIF orientation; `bytes` is the length of the image as it was given."""

    width: int
    height: int
    bytes: int


def image_size(image: bytes) -> ImageSize:
    """Reads an image's size from its header; raises InvalidRequest when it has none, or too many pixels."""
    if len(image) == 0:
        raise InvalidRequest("The image is empty: it has 0 bytes.")
    width, height = read_size(image)
    if width * height > MAX_PIXELS:
        raise InvalidRequest(
            f"The image is {width} by {height} pixels, more than the limit of {MAX_PIXELS // 1_000_000} megapixels."
        )
    return ImageSize(width, height, len(image))


def read_size(image: bytes) -> tuple[int, int]:
    try:
        # Pillow reads the header here, and pixels only when they are asked for.
        return Image.open(BytesIO(image)).size
    except Exception as error:
        # Pillow has an exception of its own for "unknown", and many for what a cut-off header leads its readers to.
        known = any(accept is not None and accept(image[:16]) for _, accept in Image.OPEN.values())
        if known:
            raise InvalidRequest("The image's header can't be read: it is cut off or damaged.") from error
        raise InvalidRequest("The bytes are not an image of a kind that is known here.") from error
