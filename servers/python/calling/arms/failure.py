"""Names for what calls fail with, those of the other clients where they have one."""

from calling.system_errors import system_code
from calling.watch import CallGivenUp


def error_code(error: BaseException) -> str:
    """The system's name of it, e.g. `ECONNREFUSED`; else that of the library's exception."""
    if isinstance(error, CallGivenUp):
        return error.code
    return system_code(error) or type(error).__name__
