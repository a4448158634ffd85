#!/usr/bin/env python3
"""Django's command line for Towpath."""

import os
import sys

from practice.machine.environment import join_running_machine


def main() -> None:
    """Run a command on the database that `make run` made, unless the environment names another."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practice.settings")
    join_running_machine()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django's own order

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
