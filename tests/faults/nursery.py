"""A process that bears others: each runs one command, ready to be killed, without the start of an interpreter.

Reads a JSON list of arguments and writes the pid of the child; reads a line and writes its wait status.
What the child says goes to the file that the first argument of the process names.
"""

import json
import os
import sys

from kxplan import cli
from kxplan.commands import mail  # noqa: F401 -- imported before the first child is born
from kxplan.delivery import send  # noqa: F401
from kxplan.plans import reader  # noqa: F401


def main():
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            run(json.loads(line))
        print(pid, flush=True)
        # Buried only when asked: until then the pid is nobody else's, and may be struck.
        sys.stdin.readline()
        print(os.waitpid(pid, 0)[1], flush=True)


def run(args):
    said = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    code = cli.run(args, dict(os.environ))
    sys.stderr.flush()
    os._exit(int(code))


if __name__ == "__main__":
    main()
