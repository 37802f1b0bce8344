"""Serves works by one of the posts' stacks, until standard input closes.

python -m serving --program flask --port 0 --works increment,add [--workers N] [--max-message BYTES]
"""

import sys
import traceback
from importlib import import_module

from serving.calls import Calls
from serving.conversation import Conversation, end_process
from serving.failures import ServerEnded, StartFailure
from serving.listening import HOST
from serving.options import parse_options
from serving.programs import PROGRAMS


def main() -> int:
    """Returns the process's exit status: a server that is asked to end does so by itself."""
    conversation = Conversation()
    try:
        options = parse_options(sys.argv[1:])
        program = PROGRAMS[options.program]
        calls = Calls(options.workers)
        conversation.listen(calls)

        def tell_listening(port: int) -> None:
            address = f"{HOST}:{port}"
            if program.protocol == "rest":
                conversation.tell(type="listening", restUrl=f"http://{address}", grpcAddress=None)
            else:
                conversation.tell(type="listening", restUrl=None, grpcAddress=address)

        # Imported only now: what a process uses is then that of its own program.
        import_module(program.module).serve(options, calls, tell_listening)
    except StartFailure as failure:
        conversation.tell(type="failed", code=failure.code, message=str(failure))
        return failure.exit_status
    except ServerEnded as ended:
        print(ended, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        traceback.print_exc()
        return 1
    return 1


# A spawned worker imports this file too.
if __name__ == "__main__":
    end_process(main())
