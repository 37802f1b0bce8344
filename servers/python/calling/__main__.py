import os
import sys

from calling.environment import keep_out_environment
from calling.protocol import serve


def main() -> None:
    # Frames have standard output to themselves: whatever a library prints goes to standard error.
    frames = open(os.dup(sys.stdout.fileno()), "wb")  # noqa: SIM115
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    keep_out_environment()
    serve(frames)


main()
