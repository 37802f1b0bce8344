"""REST by `requests`, with its defaults."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests

from calling.arms.rest import RestArm
from calling.errors import ClientError
from calling.works.work import Work


class RequestsArm(RestArm):
    """`requests.post`, which makes a session and a connection for every call; or the same of one session."""

    def __init__(self, work: Work, url: str, *, session: requests.Session | None) -> None:
        super().__init__(work, url)
        self._session = session
        self._library_post: Callable[..., requests.Response] = (
            requests.post if session is None else session.post
        )

    def _post(self, value: Any) -> requests.Response:
        return self._library_post(self._url, **self._rest.arguments(value))

    def _request(self, value: Any) -> requests.PreparedRequest:
        return requests.Request("POST", self._url, **self._rest.arguments(value)).prepare()

    def _sent_bytes(self, request: requests.PreparedRequest) -> int:
        body = request.body
        return len(body) if isinstance(body, str | bytes) else 0

    def close(self) -> None:
        if self._session is not None:
            self._session.close()


def at_localhost(url: str) -> str:
    """The same by the name of this machine, which is looked up for every connection."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1":
        raise ClientError(f"requests-localhost calls servers of this machine only, not {url}.")
    return parts._replace(netloc=f"localhost:{parts.port}").geturl()
