"""`python -m practice.machine <command>`: the one place that knows how each part of Towpath is started."""

import os
import sys
from collections.abc import Callable

from practice.machine import checking, children, running, scratch
from practice.machine.terminal import Trouble


def main(argv: list[str]) -> int:
    """Run one command; its exit code. Raises Trouble with the list of commands when it is none of them."""
    name, rest = (argv[0], argv[1:]) if argv else ("", [])
    if name not in COMMANDS:
        raise Trouble(f"say one of: {', '.join(COMMANDS)}")
    return COMMANDS[name](rest[1:] if rest[:1] == ["--"] else rest) or 0


def _run(args: list[str]) -> None:
    running.run()


def _stop(args: list[str]) -> None:
    running.stop()


def _healthy(args: list[str]) -> int:
    return 0 if running.is_healthy() else 1


def _program(program: Callable[[], None]) -> Callable[[list[str]], None]:
    def start(args: list[str]) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", children.SETTINGS)
        children.end_with_supervisor()
        program()

    return start


COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "run": _run,
    "stop": _stop,
    "web": _program(children.web),
    "worker": _program(children.worker),
    "beat": _program(children.beat),
    "migrate": _program(lambda: children.manage("migrate", "--no-input")),
    "healthy": _healthy,
    "test": scratch.test,
    "test-deep": scratch.test_deep,
    "check": checking.check,
    "bench": scratch.bench,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
