#!/usr/bin/env python3
"""Django's command line for Towpath."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practice.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django's own order

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
