"""What the machine says to the person who started it."""

import sys


class Trouble(SystemExit):
    """The machine cannot go on. The message says what is wrong and what to do about it; the exit code is 1."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"towpath: {problem}")


def say(message: str) -> None:
    """Print one line at once, whoever reads: a terminal or a pipe. Nobody reading is no reason to stop."""
    try:
        sys.stdout.write(f"{message}\n")
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        return
