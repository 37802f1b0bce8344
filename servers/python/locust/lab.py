"""Makes a Locust process take part in a run of the lab, as one that leads or as a worker, by Locust's events."""

import functools
import hashlib
import platform
import sys
import time
from pathlib import Path
from typing import Any

import gevent
from conversation import read_lines, stay
from lead import Lead
from load_user import LoadUser
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.runners import MasterRunner, Runner, WorkerRunner
from share import Round, Share

from calling.environment import keep_out_environment

import locust
from locust import argument_parser, events


def take_part() -> None:
    """To be called by every locustfile of the lab."""
    # A worker elsewhere is started from somebody's shell, whose proxies gRPC would obey and REST not.
    keep_out_environment()
    events.init_command_line_parser.add_listener(_add_option)
    events.init.add_listener(_begin)
    # Before `init`: a worker whose master never came is told of it by Locust after minutes only.
    if {"--worker", "--driven"} <= set(sys.argv):
        gevent.spawn(list, read_lines())


def _add_option(parser: LocustArgumentParser) -> None:
    parser.add_argument(
        "--driven",
        action="store_true",
        help="Obey the lab on standard input, and end when that is closed",
    )


def _begin(environment: Environment, runner: Runner, **_: Any) -> None:
    options: Any = environment.parsed_options
    driven = options.driven
    if isinstance(runner, WorkerRunner):
        _spare_parsers()
        _work(environment, runner, leave=not driven)
    else:
        lead = Lead(environment, runner, versions(users_of(environment)))
        if not isinstance(runner, MasterRunner):
            _work(environment, runner, leave=False)
        lead.wait_for_begin()
    if driven:
        # What its processes have used is read when a round is over.
        events.quitting.add_listener(lambda **_: stay())


def _work(environment: Environment, runner: Runner, *, leave: bool) -> None:
    """Lets this process have users, as its lead says; one that nobody drives leaves when the round is over for all."""

    def begin_round(msg: Any, **_: Any) -> None:
        LoadUser.share = Share(Round(**msg.data), runner)

    def end(**_: Any) -> None:
        runner.stop()

    def over(**_: Any) -> None:
        if leave:
            runner.quit()

    def interrupt(**_: Any) -> None:
        LoadUser.share.interrupt()

    runner.register_message("round", begin_round)
    runner.register_message("interrupt", interrupt)
    # Calls under way may end first, and an interrupt must find its way meanwhile.
    runner.register_message("end", end, concurrent=True)
    runner.register_message("over", over, concurrent=True)
    environment.events.test_stop.add_listener(lambda **_: LoadUser.share.tell_end())
    runner.send_message("joined", introduction(users_of(environment)))


def _spare_parsers() -> None:
    """Locust 2.47 makes a parser for each option of each message that starts users: 0.4 s in which nobody calls."""
    argument_parser.default_args_dict = functools.cache(argument_parser.default_args_dict)
    argument_parser.default_args_dict()


def users_of(environment: Environment) -> str:
    """The name of its file of users, which says by what it calls."""
    return ", ".join(Path(file).name for file in environment.parsed_locustfiles or [])


def introduction(users: str) -> dict[str, Any]:
    """What a worker says of itself when it joins."""
    return {**versions(users), "at": time.time()}


def versions(users: str) -> dict[str, str]:
    """What two processes must have in common to make a load together."""
    own = Path(__file__).parent
    files = sorted([*own.glob("*.py"), *own.parent.glob("*.py"), *own.parent.glob("calling/**/*.py")])
    packages = Path(sys.prefix) / "wirelab-stacks"
    return {
        "Locust": locust.__version__,
        "Python": platform.python_version(),
        "the lab's files": hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12],
        "the installed packages": packages.read_text().strip() if packages.exists() else "none set up",
        "the users": users,
    }
