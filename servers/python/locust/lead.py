"""The process that the lab talks to: Locust's master, or the only one there is."""

import time
from typing import Any

import gevent
import locust.runners
from conversation import FrameWriter, read_lines, stay
from frames import CallFrames
from gevent.event import Event
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_MISSING, MasterRunner, Runner

from calling.clock import run_clock_ns

# How long workers may take to tell their end once all of their calls must be over.
_LAST_REPORT_S = 5.0
_POLL_S = 0.02
# The way of a worker's word to its master is in the difference, on a busy machine as well.
_CLOCKS_WITHIN_S = 1.0


class Lead:
    """Waits for workers and for the lab's word, hands on what workers tell, and says how the round ended."""

    def __init__(self, environment: Environment, runner: Runner, versions: dict[str, str]) -> None:
        self._options: Any = environment.parsed_options
        self._environment = environment
        self._runner: Any = runner
        self._versions = versions
        self._out = FrameWriter()
        self._joined: list[str] = []
        self._workers: dict[str, int] = {}
        self._ends: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, Any] | None = None
        self._frames: CallFrames | None = None
        self._begin_at = 0.0
        self._lost = 0
        self._told = False
        self._begin = Event()
        self._stop = Event()
        # What a round that ended early says of it; None for one that lasted its time.
        self._early: dict[str, Any] | None = None
        self._early_ms: float | None = None
        for name in ("joined", "calls", "ended", "gave-up"):
            runner.register_message(name, getattr(self, f"_take_{name.replace('-', '_')}"))
        if isinstance(runner, MasterRunner):
            environment.events.test_stopping.add_listener(self._end_workers)
            self._out.tell(type="listening", port=runner.server.port)
        gevent.spawn(self._obey)

    def wait_for_begin(self) -> None:
        """Returns when it is time for Locust to start its users."""
        self._wait_for_workers()
        self._out.tell(type="ready")
        self._begin.wait()
        asked = self._asked or {}
        self._tell_workers(asked)
        if self._stop.wait(max(0.0, self._begin_at - time.monotonic())):
            self._tell_end()
            stay()
        run_time_ms = asked["round"]["run_time_ms"]
        self._options.run_time = None if run_time_ms is None else run_time_ms / 1000
        if isinstance(self._runner, MasterRunner):
            # A user that blocks its worker does so until its call times out, and that is no death.
            locust.runners.HEARTBEAT_LIVENESS += asked["round"]["timeout_ms"] / 1000
            gevent.spawn(self._watch_workers)

    def _tell_workers(self, asked: dict[str, Any]) -> None:
        self._workers = {client: index for index, client in enumerate(self._joined)}
        self._frames = CallFrames(asked["place"], asked["beginMs"], len(self._workers))
        begin_at = time.time() + self._begin_at - time.monotonic()
        for client, index in self._workers.items():
            share = {
                **asked["round"],
                "begin_at": begin_at,
                "worker": index,
                "of": len(self._workers),
            }
            self._runner.send_message("round", share, client_id=client)

    def _obey(self) -> None:
        for line in read_lines():
            if line["do"] == "begin":
                self._asked = line
                now_ms = (run_clock_ns() - int(line["originNs"])) / 1e6
                self._begin_at = time.monotonic() + (line["beginMs"] - now_ms) / 1000
                self._begin.set()
            elif line["do"] == "interrupt":
                self._lost = line["lost"]
                self._stop_early({"status": "interrupted"}, at_once=True)

    def _wait_for_workers(self) -> None:
        if not isinstance(self._runner, MasterRunner):
            return
        expected, within_s = (
            self._options.expect_workers,
            self._options.expect_workers_max_wait,
        )
        until = time.monotonic() + within_s if within_s else float("inf")
        while len(self._joined) < expected:
            if time.monotonic() > until:
                host, port = self._options.master_bind_host, self._runner.server.port
                self._fail(
                    f"Of {expected} Locust workers {len(self._joined)} joined {host}:{port} within {within_s} s: run the "
                    "command that the lab prints on each machine, and see that this address is reached from there"
                )
            gevent.sleep(_POLL_S)
            # One that has left again is no longer there when the round begins.
            self._joined = [client for client in self._joined if client in self._runner.clients]

    def _take_joined(self, msg: Any, **_: Any) -> None:
        for name, own in self._versions.items():
            if msg.data.get(name) != own:
                self._fail(
                    f"A Locust worker of {host_of(msg.node_id)} has {msg.data.get(name)} of {name} and its master {own}: "
                    "run there the command that the lab prints, in the same state of the project"
                )
        behind_s = time.time() - msg.data["at"]
        if abs(behind_s) > _CLOCKS_WITHIN_S:
            self._fail(
                f"The clock of the Locust worker of {host_of(msg.node_id)} is {abs(behind_s):.1f} s "
                f"{'behind' if behind_s > 0 else 'ahead of'} that of its master, and calls are told by it: set both by NTP"
            )
        if self._workers or len(self._joined) == self._options.expect_workers:
            # One that was left over from an earlier load must not end this one; Locust gives no users to who comes late.
            self._runner.send_message("quit", client_id=msg.node_id)
        else:
            self._joined.append(msg.node_id)

    def _take_calls(self, msg: Any, **_: Any) -> None:
        assert self._frames is not None, "workers call when they have been told to"
        self._out.write(self._frames.encode(self._workers[msg.node_id], msg.data))

    def _take_gave_up(self, msg: Any, **_: Any) -> None:
        arm = self._asked["place"]["arm"] if self._asked else ""
        in_a_row = " in a row" if msg.data["in_a_row"] else ""
        reason = f"{msg.data['calls']} calls of {arm}{in_a_row} failed, the last with {msg.data['error']}"
        self._stop_early({"status": "gave-up", "reason": reason}, at_once=len(self._workers) > 1)

    def _take_ended(self, msg: Any, **_: Any) -> None:
        self._ends[msg.node_id] = msg.data
        if len(self._ends) < len(self._workers):
            return
        self._tell_end()
        self._quit()

    def _watch_workers(self) -> None:
        while not self._stop.wait(0.5):
            lost = [client for client in self._workers if client not in self._ends and self._is_gone(client)]
            if lost:
                reason = f"a Locust worker of {host_of(lost[0])} was lost"
                self._stop_early({"status": "lost", "reason": reason}, at_once=True)

    def _is_gone(self, client: str) -> bool:
        node = self._runner.clients.get(client)
        return node is None or node.state == STATE_MISSING

    def _stop_early(self, end: dict[str, Any], at_once: bool) -> None:
        if self._stop.is_set():
            return
        self._early, self._early_ms = end, (time.monotonic() - self._begin_at) * 1000
        self._stop.set()
        if self._workers:
            if at_once:
                self._runner.send_message("interrupt")
            self._quit()

    def _quit(self) -> None:
        def quit_once_begun() -> None:
            while self._runner.state == STATE_INIT:
                gevent.sleep(_POLL_S)
            self._runner.quit()

        gevent.spawn(quit_once_begun)

    def _end_workers(self, **_: Any) -> None:
        """Locust's master gives its workers half a second, which is less than a call may take."""
        self._runner.send_message("end")
        until = time.monotonic() + self._environment.stop_timeout + _LAST_REPORT_S
        while len(self._ends) + self._lost < len(self._workers):
            missing = [client for client in self._workers if client not in self._ends]
            if all(map(self._is_gone, missing)) or time.monotonic() > until:
                reason = f"a Locust worker of {host_of(missing[0])} never told its end"
                self._early = self._early or {"status": "lost", "reason": reason}
                break
            gevent.sleep(_POLL_S)
        self._tell_end()

    def _tell_end(self) -> None:
        if self._told:
            return
        self._told = True
        self._stop.set()
        run_time_ms = self._asked["round"]["run_time_ms"] if self._asked else None
        ends = self._ends.values()
        load = None
        if run_time_ms is not None:
            over_ms = [end["over_ms"] for end in ends if end["over_ms"] is not None]
            early_ms = [] if self._early_ms is None else [max(0.0, self._early_ms)]
            load = {
                "usersStarted": sum(end["users"] for end in ends),
                "averageUsers": sum(end["users_ms"] for end in ends) / run_time_ms,
                "overMs": min([run_time_ms, *over_ms, *early_ms]),
                "notSent": 0,
                "loopUse": [],
            }
        if isinstance(self._runner, MasterRunner):
            self._runner.send_message("over")
        self._out.tell(
            type="round-end",
            end=self._early or {"status": "finished"},
            load=load,
            wire=None,
        )
        if isinstance(self._runner, MasterRunner):
            # A worker of the next round would otherwise be taken in by the master of this one.
            self._runner.greenlet.kill(block=False)

    def _fail(self, message: str) -> None:
        self._out.tell(type="failed", message=message)
        stay()


def host_of(client: str) -> str:
    """Locust names a worker by its host and a random number."""
    return client.rpartition("_")[0]
