"""Flask as `app.run` serves it, a thread a connection: the stack of post 000, and a stand-in for that of 003."""

import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from flask import Flask, Request, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from serving.calls import Calls
from serving.listening import bound_socket
from serving.options import Options
from serving.over_rest.access_log import log_to_nowhere, log_to_terminal
from serving.over_rest.images import (
    FORM_FRAME_BYTES,
    FORM_TYPE,
    IMAGE_PATH,
    NO_IMAGE,
    WRONG_FORM,
    decode_base64,
)
from serving.over_rest.json_works import JSON_WORKS, NO_JSON_BODY, JsonWork, answer_to, field, not_json
from serving.over_rest.refusals import body_too_large, http_refusal, status_of
from serving.programs.flask_ways import WAYS, open_server
from serving.works.requests import SERVER_FAILED, InvalidRequest, TooLarge

# What `app.run` listens with.
BACKLOG = 128


def serve(options: Options, calls: Calls, tell_listening: Callable[[int], None]) -> None:
    app = create_app(options, calls)
    way = WAYS[options.program]
    log = log_to_terminal if way.terminal else log_to_nowhere
    log("werkzeug")
    bound = bound_socket("REST", options.port)
    bound.listen(BACKLOG)
    serve_forever = open_server(app, bound, way)
    tell_listening(bound.getsockname()[1])
    serve_forever()


def request_class(max_bytes: int) -> type[Request]:
    """Flask's, which says in a sentence why a body is no JSON or too large."""

    class SayingRequest(Request):
        def on_json_loading_failed(self, error: ValueError | None) -> NoReturn:
            raise InvalidRequest(NO_JSON_BODY) if error is None else not_json(error)

        def get_json(self, *args: Any, **kwargs: Any) -> Any:
            try:
                return super().get_json(*args, **kwargs)
            except RecursionError as error:
                raise not_json(error) from error

        def get_data(self, *args: Any, **kwargs: Any) -> Any:
            data = super().get_data(*args, **kwargs)
            if len(data) > max_bytes:
                raise body_too_large(max_bytes)
            return data

    return SayingRequest


def create_app(options: Options, calls: Calls) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.request_class = request_class(options.max_message_bytes)
    # One byte more, because a body of undeclared length is cut off at this limit without a word.
    app.config["MAX_CONTENT_LENGTH"] = options.max_message_bytes + 1

    @app.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok")

    for name in options.works:
        if name == "image":
            add_image(app, calls, options.max_message_bytes)
        else:
            add_json_work(app, calls, JSON_WORKS[name])
    add_refusals(app, options.max_message_bytes)
    return app


def add_json_work(app: Flask, calls: Calls, work: JsonWork) -> None:
    def answer() -> Response:
        calls.begin()
        return jsonify(answer_to(work, request.get_json()))

    for path in work.paths:
        app.add_url_rule(path, path, answer, methods=["POST"])


def add_image(app: Flask, calls: Calls, max_bytes: int) -> None:
    # Imported here: Pillow takes memory, and other works do without.
    from serving.works.image_size import image_size

    @app.post(IMAGE_PATH)
    def image() -> Response:
        calls.begin()
        return jsonify(image_size(image_of(request, max_bytes))._asdict())


def image_of(request: Request, max_bytes: int) -> bytes:
    if request.mimetype == FORM_TYPE:
        return image_of_form(request, max_bytes)
    if request.is_json:
        return decode_base64("image", field(request.get_json(), "image"))
    if request.mimetype.startswith("image/"):
        image: bytes = request.get_data(cache=False)
        return image
    raise NO_IMAGE


def image_of_form(request: Request, max_bytes: int) -> bytes:
    # The limit is the file's.
    request.max_content_length = max_bytes + FORM_FRAME_BYTES
    files = list(request.files.items(multi=True))
    if len(files) != 1 or files[0][0] != "image" or len(request.form) > 0:
        raise WRONG_FORM
    image: bytes = files[0][1].read()
    if len(image) > max_bytes:
        raise body_too_large(max_bytes)
    return image


def add_refusals(app: Flask, max_bytes: int) -> None:
    def refusal(status: int, sentence: str) -> tuple[Response, int]:
        return jsonify(error=sentence), status

    def refused(error: Any) -> tuple[Response, int]:
        return refusal(status_of(error), str(error))

    app.register_error_handler(InvalidRequest, refused)
    app.register_error_handler(TooLarge, refused)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> tuple[Response, int]:
        return refused(body_too_large(max_bytes))

    @app.errorhandler(HTTPException)
    def http_refused(error: HTTPException) -> tuple[Response, int]:
        return refusal(*http_refusal(error.code or 500, request.method, request.path))

    @app.errorhandler(Exception)
    def failed(_error: Exception) -> tuple[Response, int]:
        traceback.print_exc()
        return refusal(500, SERVER_FAILED)
