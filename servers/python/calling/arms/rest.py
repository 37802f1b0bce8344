"""REST, whichever library makes the calls."""

from abc import ABC, abstractmethod
from typing import Any

from calling.answer import Answer
from calling.arms.failure import error_code
from calling.works.work import Work


class RestArm(ABC):
    """POSTs the work's body and parses the JSON that comes back."""

    def __init__(self, work: Work, url: str) -> None:
        self._work = work
        self._rest = work.rest
        self._url = url + work.rest.path

    def exchange(self, value: Any) -> Any:
        response = self._post(value)
        return response, parsed(response) if response.status_code == 200 else None

    def read(self, value: Any, reply: Any) -> Answer:
        response, body = reply
        sizes = {"bytes_sent": self._sent_bytes(response.request), "bytes_received": len(response.content)}
        status: int = response.status_code
        if status != 200:
            return Answer(ok=False, error=f"HTTP_{status}", status=status, **sizes)
        output = self._rest.read(body)
        if output is None:
            return Answer(ok=False, error="BAD_BODY", status=status, **sizes)
        ok = self._work.is_right(value, output)
        return Answer(ok=ok, error="" if ok else "WRONG_ANSWER", status=status, output=output, **sizes)

    def failed(self, value: Any, error: BaseException) -> Answer:
        return Answer(ok=False, error=error_code(error), bytes_sent=self._sent_bytes(self._request(value)))

    @abstractmethod
    def _post(self, value: Any) -> Any: ...

    @abstractmethod
    def _request(self, value: Any) -> Any:
        """The request that `_post` sends."""

    @abstractmethod
    def _sent_bytes(self, request: Any) -> int: ...

    @abstractmethod
    def close(self) -> None: ...


def parsed(response: Any) -> Any:
    """The JSON of a response of `requests` or httpx; None where it is none."""
    try:
        return response.json()
    except ValueError:
        return None
