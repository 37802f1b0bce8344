"""What the system says, beneath the exceptions of libraries."""

import errno


def system_code(error: BaseException) -> str | None:
    """The system's name of what lies beneath, e.g. `ECONNREFUSED`, which libraries wrap several times over."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, OSError) and one.errno is not None:
            return errno.errorcode.get(one.errno, f"ERRNO_{one.errno}")
        # http.client's for a connection that ends where an answer should begin, which comes without a number.
        if isinstance(one, ConnectionResetError):
            return "ECONNRESET"
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return None
