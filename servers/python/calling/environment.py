"""Keeps out of calls what differs from one user's environment to the next."""

import os
import sys


def keep_out_environment() -> None:
    """No call leaves through a proxy, or carries a password of `~/.netrc`; the libraries keep their defaults."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            del os.environ[name]
    if sys.platform == "darwin":
        # There, Python asks the system's settings as well, unless it is told where not to.
        os.environ["no_proxy"] = "*"
    # requests would look into it at every call.
    os.environ["NETRC"] = os.devnull + "/none"
