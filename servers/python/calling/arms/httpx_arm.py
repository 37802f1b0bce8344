"""REST by httpx, with its defaults but for time-outs, which the client has its own way for."""

from typing import Any

import httpx

from calling.arms.rest import RestArm
from calling.works.work import Work


class HttpxArm(RestArm):
    """An `httpx.Client`, which keeps its connection."""

    def __init__(self, work: Work, url: str) -> None:
        super().__init__(work, url)
        self._client = httpx.Client(trust_env=False, timeout=None)

    def _post(self, value: Any) -> httpx.Response:
        return self._client.post(self._url, **self._rest.arguments(value, raw="content"))

    def _request(self, value: Any) -> httpx.Request:
        return self._client.build_request("POST", self._url, **self._rest.arguments(value, raw="content"))

    def _sent_bytes(self, request: httpx.Request) -> int:
        return len(request.content)

    def close(self) -> None:
        self._client.close()
