"""The least that can time a client of Python: calls one after another, and how long each took.

Started with a library and an address. Reads numbers of calls, a line each, makes them, and answers with their times in
ns as a line of JSON; ends when its input closes.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns

sys.path.append(str(Path(__file__).parents[2] / "servers" / "python"))

from calling.environment import keep_out_environment  # noqa: E402


def requests_session(url: str) -> Callable[[int], int]:
    import requests

    session = requests.Session()
    return lambda value: session.post(f"{url}/increment", json={"value": value}).json()["value"]


def grpcio(address: str) -> Callable[[int], int]:
    import grpc
    import stubs
    from calling.arms.grpc_arm import CHANNEL_OPTIONS

    messages, services = stubs.messages_of("increment"), stubs.services_of("increment")
    stub = services.IncrementerStub(grpc.insecure_channel(address, options=CHANNEL_OPTIONS))
    return lambda value: stub.Increment(messages.Number(value=value)).value


def time_chain(call: Callable[[int], int], calls: int) -> list[int]:
    durations_ns = []
    value = 0
    for _ in range(calls):
        started_ns = perf_counter_ns()
        value = call(value)
        durations_ns.append(perf_counter_ns() - started_ns)
    if value != calls:
        raise ValueError(f"a chain of {calls} increments ended with {value}")
    return durations_ns


keep_out_environment()
call = {"requests-session": requests_session, "grpcio": grpcio}[sys.argv[1]](sys.argv[2])
for line in sys.stdin:
    print(json.dumps(time_chain(call, int(line))), flush=True)
