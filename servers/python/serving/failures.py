"""Why a server does not start, its codes being those of `FailureCode` in `entry-message.ts`, or does not go on."""


class StartFailure(Exception):
    """A sentence that says what is wrong, and its code for programs."""

    code = "failed"
    exit_status = 1


class WrongOption(StartFailure):
    """Servers cannot be started so."""

    code = "wrong-option"
    exit_status = 2


class PortInUse(StartFailure):
    """Something listens there already."""

    code = "port-in-use"


class CannotListen(StartFailure):
    """The system refuses the port for another reason."""

    code = "cannot-listen"


class ServerEnded(Exception):
    """A server that has listened can't go on; the sentence says why."""
