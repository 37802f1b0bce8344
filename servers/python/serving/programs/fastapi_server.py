"""FastAPI under uvicorn, with a pydantic model of each body: the stack of posts 003 and 004."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, create_model
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from serving.calls import Calls
from serving.options import Options
from serving.over_rest.asgi import JSON_TYPE, add_refusals, health, image_endpoint, media_type, refusal
from serving.over_rest.images import IMAGE_PATH
from serving.over_rest.json_works import JSON_WORKS, NO_JSON_BODY, JsonAnswer, JsonWork, answer_to, not_json
from serving.programs.uvicorn_server import serve_app
from serving.works.requests import InvalidRequest


def serve(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    serve_app(partial(create_app, options, calls), options, tell_listening)


def create_app(options: Options, calls: Calls) -> FastAPI:
    app = FastAPI()
    app.add_route("/healthz", health)
    for name in options.works:
        if name == "image":
            app.add_route(IMAGE_PATH, image_endpoint(calls, options.max_message_bytes), methods=["POST"])
        else:
            work = JSON_WORKS[name]
            endpoint = json_endpoint(calls, work, body_model(name, work))
            for path in work.paths:
                app.post(path)(endpoint)
    add_refusals(app, options.max_message_bytes)
    add_validation_refusal(app, calls)
    return app


def body_model(name: str, work: JsonWork) -> type[BaseModel]:
    """Strict, because pydantic would else take "5" for 5, which the contract refuses."""
    fields: dict[str, Any] = {field: (kind, ...) for field, kind in work.fields.items()}
    return create_model(f"{name.capitalize()}Request", __config__=ConfigDict(strict=True), **fields)


def json_endpoint(
    calls: Calls, work: JsonWork, model: type[BaseModel]
) -> Callable[[BaseModel], Awaitable[JsonAnswer]]:
    names = tuple(work.fields)

    async def answer(request: BaseModel) -> JsonAnswer:
        calls.begin()
        return work.answer(*(getattr(request, name) for name in names))

    # Where FastAPI looks for the model; written out, it would have to be known before.
    answer.__annotations__ = {"request": model}
    return answer


def add_validation_refusal(app: FastAPI, calls: Calls) -> None:
    """What pydantic refuses, the work refuses in its own words, or takes after all: 5.0 is a whole number in JSON."""
    by_path = {path: work for work in JSON_WORKS.values() for path in work.paths}

    @app.exception_handler(RequestValidationError)
    async def refused(request: Request, error: RequestValidationError) -> Response:
        calls.begin()
        try:
            check_body(request, error)
            return JSONResponse(answer_to(by_path[request.url.path], error.body))
        except InvalidRequest as invalid:
            return refusal(invalid)


def check_body(request: Request, error: RequestValidationError) -> None:
    """Raises InvalidRequest when the body is no JSON."""
    if media_type(request.headers) != JSON_TYPE or error.body is None:
        raise InvalidRequest(NO_JSON_BODY)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        raise not_json(first["ctx"]["error"])
