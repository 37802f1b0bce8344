"""What the programs under uvicorn have in common: Starlette's requests and answers, which FastAPI's are too."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.calls import Calls
from serving.over_rest.images import FORM_FRAME_BYTES, FORM_TYPE, NO_IMAGE, WRONG_FORM, decode_base64
from serving.over_rest.json_works import NO_JSON_BODY, field, not_json
from serving.over_rest.refusals import body_too_large, http_refusal, status_of
from serving.works.requests import SERVER_FAILED, InvalidRequest, TooLarge

JSON_TYPE = "application/json"

Endpoint = Callable[[Request], Awaitable[Response]]


async def health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def json_of(request: Request) -> object:
    """The JSON body; raises InvalidRequest when there is none."""
    if media_type(request.headers) != JSON_TYPE:
        raise InvalidRequest(NO_JSON_BODY)
    try:
        return await request.json()
    except (ValueError, RecursionError) as error:
        raise not_json(error) from error


def media_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def image_endpoint(calls: Calls, max_bytes: int) -> Endpoint:
    # Imported here: Pillow takes memory, and other works do without.
    from serving.works.image_size import image_size

    async def image(request: Request) -> Response:
        calls.begin()
        return JSONResponse(image_size(await image_of(request, max_bytes))._asdict())

    return image


async def image_of(request: Request, max_bytes: int) -> bytes:
    declared = media_type(request.headers)
    if declared == FORM_TYPE:
        return await image_of_form(request, max_bytes)
    if declared == JSON_TYPE:
        return decode_base64("image", field(await json_of(request), "image"))
    if declared.startswith("image/"):
        return await request.body()
    raise NO_IMAGE


async def image_of_form(request: Request, max_bytes: int) -> bytes:
    try:
        async with request.form() as form:
            items = form.multi_items()
            if len(items) != 1 or items[0][0] != "image" or not isinstance(items[0][1], UploadFile):
                raise WRONG_FORM
            image = await items[0][1].read()
    except HTTPException as error:
        raise WRONG_FORM from error
    if len(image) > max_bytes:
        raise body_too_large(max_bytes)
    return image


class BodyLimit:
    """Refuses bodies over a limit, which neither Starlette nor FastAPI has; the limit of a form is that of its file.

    A body of declared length costs a look at its headers; one without is read to its end first.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = self._max_bytes + (FORM_FRAME_BYTES if media_type(headers) == FORM_TYPE else 0)
        length = headers.get("content-length")
        if length is None:
            body = await read_whole(receive, most)
            if body is None:
                await self._refuse(scope, receive, send)
            else:
                await self._app(scope, replayed(body, receive), send)
        elif int(length) > most:
            # Answered before it is read to its end, the client could see a reset in place of the answer.
            await read_whole(receive, 0)
            await self._refuse(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await refusal(body_too_large(self._max_bytes))(scope, receive, send)


async def read_whole(receive: Receive, most: int) -> bytes | None:
    """The body, read to its end; None when it is longer than `most`, of which nothing is kept."""
    pieces: list[bytes] = []
    length = 0
    more = True
    while more:
        message = await receive()
        piece: bytes = message.get("body", b"")
        length += len(piece)
        if length <= most:
            pieces.append(piece)
        else:
            pieces.clear()
        more = message.get("more_body", False)
    return b"".join(pieces) if length <= most else None


def replayed(body: bytes, receive: Receive) -> Receive:
    """`body` as one message, then whatever comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message


def refusal(error: InvalidRequest | TooLarge) -> Response:
    return JSONResponse({"error": str(error)}, status_of(error))


def add_refusals(app: Starlette, max_bytes: int) -> None:
    """Answers every error with its status and one sentence."""

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, InvalidRequest | TooLarge)
        return refusal(error)

    async def http_refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        status, sentence = http_refusal(error.status_code, request.method, request.url.path)
        return JSONResponse({"error": sentence}, status)

    async def hung_up(_request: Request, _error: Exception) -> Response:
        # For nobody: without a handler it would be an error of the server.
        return Response(status_code=400)

    async def failed(_request: Request, _error: Exception) -> Response:
        # uvicorn writes the error itself to standard error.
        return JSONResponse({"error": SERVER_FAILED}, 500)

    app.add_exception_handler(InvalidRequest, refused)
    app.add_exception_handler(TooLarge, refused)
    app.add_exception_handler(HTTPException, http_refused)
    app.add_exception_handler(ClientDisconnect, hung_up)
    app.add_exception_handler(Exception, failed)
    app.add_middleware(BodyLimit, max_bytes=max_bytes)
