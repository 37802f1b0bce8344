"""Access logs, a line a call: `app.run` and `uvicorn app:app` write them unless they are told not to.

The posts do not say that they were told, so the lines are made here as well, since making them is part of what those
servers do for a call. They end in the null device: how fast a terminal takes lines is no property of a stack. Whether it
could explain a number that a post prints is another question, for which they can go to a terminal as well.
"""

import logging
import os
import subprocess


def log_to_nowhere(name: str) -> None:
    """Sends the access lines of that logger nowhere; what is worse goes on to standard error."""
    send_lines(name, logging.FileHandler(os.devnull))


def log_to_terminal(name: str) -> None:
    """Sends them to a terminal of its own, which another process reads as one that draws them would."""
    reads, writes = os.openpty()
    # It ends with this process, however that ends: nobody can write to the terminal then.
    subprocess.Popen(["cat"], stdin=reads, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(reads)
    send_lines(name, logging.StreamHandler(os.fdopen(writes, "w")))


def send_lines(name: str, lines: logging.Handler) -> None:
    logger = logging.getLogger(name)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    lines.addFilter(lambda record: record.levelno < logging.WARNING)
    errors = logging.StreamHandler()
    errors.setLevel(logging.WARNING)
    logger.addHandler(lines)
    logger.addHandler(errors)
