"""What a failed call is called in the record: as the lab's own clients call it, where they know it too."""

import requests

from calling.system_errors import system_code


class CallFailure(Exception):
    """An answer that came and is not right; its code is its message."""


def http_code(exception: Exception, status: int) -> str:
    """The code of a REST call that failed."""
    if isinstance(exception, CallFailure):
        return str(exception)
    if status >= 400:
        return f"HTTP_{status}"
    if isinstance(exception, requests.Timeout | TimeoutError):
        return "TIMEOUT"
    return system_code(exception) or "FAILED"


def grpc_code(exception: Exception) -> tuple[str, int]:
    """The code and the status of a gRPC call that failed; the status is -1 where the exception is not gRPC's."""
    if isinstance(exception, CallFailure):
        return str(exception), 0
    code = exception.code() if hasattr(exception, "code") else None
    if code is None:
        return "FAILED", -1
    # Nobody but the caller sets a deadline here.
    return "TIMEOUT" if code.name == "DEADLINE_EXCEEDED" else code.name, code.value[0]
