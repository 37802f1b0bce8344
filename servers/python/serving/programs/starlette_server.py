"""Starlette under uvicorn: the stack of post 001."""

from collections.abc import Callable
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from serving.calls import Calls
from serving.options import Options
from serving.over_rest.asgi import Endpoint, add_refusals, health, image_endpoint, json_of
from serving.over_rest.images import IMAGE_PATH
from serving.over_rest.json_works import JSON_WORKS, JsonWork, answer_to
from serving.programs.uvicorn_server import serve_app


def serve(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    serve_app(partial(create_app, options, calls), options, tell_listening)


def create_app(options: Options, calls: Calls) -> Starlette:
    routes = [Route("/healthz", health)]
    for name in options.works:
        if name == "image":
            image = image_endpoint(calls, options.max_message_bytes)
            routes.append(Route(IMAGE_PATH, image, methods=["POST"]))
        else:
            work = JSON_WORKS[name]
            endpoint = json_endpoint(calls, work)
            routes.extend(Route(path, endpoint, methods=["POST"]) for path in work.paths)
    app = Starlette(routes=routes)
    add_refusals(app, options.max_message_bytes)
    return app


def json_endpoint(calls: Calls, work: JsonWork) -> Endpoint:
    async def answer(request: Request) -> Response:
        calls.begin()
        return JSONResponse(answer_to(work, await json_of(request)))

    return answer
