"""What a server process is asked for on its command line."""

import argparse
from dataclasses import dataclass
from typing import NoReturn

from serving.failures import WrongOption
from serving.programs import PROGRAMS
from serving.works import WORKS

# The limit of the Node servers, for the same reason: one for all protocols, whatever each has by itself.
DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Options:
    """0 as a port is any free one."""

    program: str
    port: int
    works: tuple[str, ...]
    workers: int
    max_message_bytes: int


def parse_options(arguments: list[str]) -> Options:
    """Reads the command line; raises WrongOption with what is wrong."""
    parser = Parser(prog="python -m serving", add_help=False)
    parser.add_argument("--program", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--works", default=",".join(WORKS))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--max-message", type=int, default=DEFAULT_MAX_MESSAGE_BYTES)
    given = parser.parse_args(arguments)
    works = tuple(dict.fromkeys(given.works.split(",")))
    check_name("program", given.program, tuple(PROGRAMS))
    for work in works:
        check_name("work", work, WORKS)
    check_range("--port", given.port, 0, 65_535)
    check_range("--max-message", given.max_message, 0, 2**31 - 1)
    check_range("--workers", given.workers, 1, 256)
    if given.workers > 1 and not PROGRAMS[given.program].has_workers:
        raise WrongOption(
            f"{given.program} serves from one process: only programs under uvicorn have workers."
        )
    return Options(given.program, given.port, works, given.workers, given.max_message)


class Parser(argparse.ArgumentParser):
    """Raises in place of ending the process."""

    def error(self, message: str) -> NoReturn:
        raise WrongOption(f"{message}; usage: {' '.join(self.format_usage().split()[1:])}")


def check_name(kind: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise WrongOption(f'There is no {kind} "{name}"; choose from {", ".join(known)}.')


def check_range(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise WrongOption(f"{name} must be a whole number from {least} to {most}, not {value}.")
