"""Workers of Locust that have made their calls before: they join a master and send their reports as fast as it takes them.

python locust_workers.py PORT WORKERS CALLS
"""

import os
import sys
import time
from pathlib import Path

PYTHON_FOLDER = Path(__file__).parents[2] / "servers" / "python"
sys.path[:0] = [str(PYTHON_FOLDER), str(PYTHON_FOLDER / "locust")]

from lab import introduction  # noqa: E402
from locust.rpc import Message, rpc  # noqa: E402
from report import Call, pack  # noqa: E402

# What a quarter of a second holds at a rate that Locust's fast users reach.
CALLS_A_REPORT = 250
USERS = 50


def reports(count: int) -> list[dict[str, object]]:
    """What a worker sends of so many calls, packed as it packs them."""
    calls = [
        Call(
            due_ms=call * 0.5,
            start_ms=call * 0.5 + 0.01,
            duration_ms=20 + call % 7,
            server_ms=float("nan"),
            bytes_sent=12,
            bytes_received=11,
            status=200 if call % 100 else 500,
            user=call % USERS,
            error="" if call % 100 else "HTTP_500",
        )
        for call in range(count)
    ]
    return [pack(calls[first : first + CALLS_A_REPORT]) for first in range(0, count, CALLS_A_REPORT)]


def work(port: int, name: str, count: int) -> None:
    packed = reports(count)
    client = rpc.Client("127.0.0.1", port, name)

    def send(kind: str, data: object) -> None:
        # Locust's own send gives up when its queue is full, and tries again after a second.
        client.socket.send(Message(kind, data, name).serialize())

    send("client_ready", introduction("rest_user.py")["Locust"])
    client.recv()
    send("joined", introduction("rest_user.py"))
    while client.recv().type != "spawn":
        pass
    began = time.monotonic()
    beat = 0.0
    for report in packed:
        if time.monotonic() - beat > 1:
            beat = time.monotonic()
            send(
                "heartbeat",
                {"state": "running", "current_cpu_usage": 0, "current_memory_usage": 0},
            )
        send("calls", report)
    send(
        "ended",
        {"users": USERS, "users_ms": 0, "over_ms": (time.monotonic() - began) * 1000},
    )
    # Reports may still be on their way; it is ended by the bench.
    while True:
        client.recv()


def main() -> None:
    port, workers, count = map(int, sys.argv[1:])
    for worker in range(workers):
        if os.fork() == 0:
            work(port, f"recorded_{worker}", count // workers)
    # The bench is gone, even if it was killed: nothing may stay behind.
    sys.stdin.read()
    os.killpg(0, 9)


main()
