"""An image in each of the three forms that a body can bring it in."""

import base64
import binascii

from serving.works.requests import InvalidRequest, describe

IMAGE_PATH = "/image"

FORM_TYPE = "multipart/form-data"

# What a form may hold beside its file: two boundaries and a few headers.
FORM_FRAME_BYTES = 4096

NO_IMAGE = InvalidRequest(
    'The request has no image: send its bytes with Content-Type: image/*, or a file in the field "image" of '
    'multipart/form-data, or {"image": base64} as application/json.'
)

WRONG_FORM = InvalidRequest('The form must hold one file, in a field named "image", and nothing else.')


def decode_base64(name: str, value: object) -> bytes:
    """The bytes that `value` is the base64 of; raises InvalidRequest when it isn't base64 with its padding."""
    if not isinstance(value, str):
        raise InvalidRequest(f"{name} must be text in base64, and it is {describe(value)}.")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest(
            f"{name} is not valid base64: only A-Z, a-z, 0-9, + and /, padded with = to a multiple of four."
        ) from error
