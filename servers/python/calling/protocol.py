"""The client protocol, `lib/src/experiment/clients/client-protocol.ts`: commands as JSON lines in, frames out."""

import traceback
from typing import BinaryIO

from calling.client import Client
from calling.commands import Commands
from calling.errors import ClientError
from calling.frames import encode_frame
from calling.watch import Watch


def serve(frames: BinaryIO) -> None:
    """Obeys commands in their order; calls are made in this, the main thread, where a signal can end them."""
    watch = Watch()
    commands = Commands(watch)
    client: Client | None = None

    def send(frame: bytes) -> None:
        frames.write(frame)
        frames.flush()

    while True:
        command, interrupted = commands.next()
        try:
            match command["do"]:
                case "start":
                    client = Client(command, watch, send)
                    send(encode_frame({"type": "started"}))
                case "run" if client is not None and "load" not in command:
                    send(encode_frame({"type": "round-end", **client.run(command, interrupted)}))
                case _:
                    raise ClientError(
                        "The client of Python makes chains only: take one of Locust's arms for a load."
                    )
        except Exception as error:
            traceback.print_exc()
            message = str(error) if isinstance(error, ClientError) else f"{type(error).__name__}: {error}"
            send(encode_frame({"type": "failed", "message": message}))
