"""image.Images."""

from generated.image_pb2 import Image, Size
from generated.image_pb2_grpc import add_ImagesServicer_to_server
from serving.over_grpc.service import Chunked, Service
from serving.works.image_size import image_size


def _bytes_of(request: Image) -> bytes:
    image: bytes = request.image
    return image


def _size(image: bytes) -> Size:
    return Size(**image_size(image)._asdict())


SERVICE = Service(
    name="image.Images",
    add=add_ImagesServicer_to_server,
    unary={"Measure": lambda request: _size(_bytes_of(request))},
    chunked={"MeasureChunks": Chunked(_bytes_of, _size)},
)
