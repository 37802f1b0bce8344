"""Locust users of REST, as the posts have them: a session of requests each, which keeps its connection."""

from typing import Any

import gevent
import lab
from codes import CallFailure, http_code
from load_user import LoadUser

from calling.arms.rest import parsed
from locust import HttpUser, events


class RestUser(LoadUser, HttpUser):
    """Sends JSON, and checks the answer."""

    def call_server(self, given: Any) -> None:
        start_ms = self.share.now_ms()
        try:
            # The time-out of requests would bound each read of an answer, not the call.
            with gevent.Timeout(self.share.timeout_s):
                self._post(given)
        except gevent.Timeout:
            self.time_out(start_ms)

    def _post(self, given: Any) -> None:
        rest = self.share.work.rest
        with self.client.post(rest.path, **rest.arguments(given), catch_response=True) as response:
            self.bytes_sent = len(getattr(response.request, "body", None) or b"")
            if response.status_code == 0 or response.status_code >= 400:
                # Locust itself takes these for failed, and no others.
                return
            try:
                self.check(rest.read(parsed(response)))
            except CallFailure as wrong:
                response.failure(wrong)


@events.request.add_listener
def tell(
    context: dict[str, Any],
    response: Any,
    exception: Exception | None,
    start_time: float,
    response_time: float,
    response_length: int,
    **_: Any,
) -> None:
    status = response.status_code
    context["user"].tell(
        "" if exception is None else http_code(exception, status),
        status=status or -1,
        start_time=start_time,
        duration_ms=response_time,
        bytes_received=response_length,
    )


lab.take_part()
