"""The status and the sentence that a gRPC call ends with when its work raised an exception."""

import traceback

from grpc import StatusCode

from serving.works.requests import SERVER_FAILED, InvalidRequest, TooLarge


def status_of(error: Exception) -> tuple[StatusCode, str]:
    """To be called where `error` is handled: one that was not foreseen goes to standard error."""
    if isinstance(error, InvalidRequest):
        return StatusCode.INVALID_ARGUMENT, str(error)
    if isinstance(error, TooLarge):
        return StatusCode.RESOURCE_EXHAUSTED, str(error)
    traceback.print_exc()
    return StatusCode.INTERNAL, SERVER_FAILED
