"""The status and the sentence that REST answers to what is wrong."""

from serving.works.requests import InvalidRequest, TooLarge


def status_of(error: InvalidRequest | TooLarge) -> int:
    return 400 if isinstance(error, InvalidRequest) else 413


def body_too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"The body is larger than the limit of {max_bytes} bytes.")


def http_refusal(status: int, method: str, path: str) -> tuple[int, str]:
    """Of what a framework refuses itself; a method that a path doesn't have is no route, as on Express."""
    if status in (404, 405):
        return 404, f"There is no {method} {path} here."
    return status, "The request can't be read."
