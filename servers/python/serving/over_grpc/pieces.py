"""Bytes that arrive in pieces."""

from serving.works.requests import TooLarge


class Pieces:
    """gRPC limits each message, so only this limits all of them together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = bytearray()

    def append(self, piece: bytes) -> None:
        """Raises TooLarge when `piece` doesn't fit any more."""
        if len(self._bytes) + len(piece) > self._max_bytes:
            raise TooLarge(f"The chunks are together larger than the limit of {self._max_bytes} bytes.")
        self._bytes += piece

    def joined(self) -> bytes:
        return bytes(self._bytes)
