"""What the children find in their environment: what you set, then `.env`, then what `make run` chooses for you."""

import os
from pathlib import Path

from practice import env
from practice.machine.home import PROJECT, Home, write_private

CHOSEN = {"TOWPATH_DEMO": "true", "TOWPATH_HTTPS": "false"}
OWNERS = "DATABASE_OWNER_URL"
"""The key to the tables themselves: for `manage.py` and the steps before the first page, never for what answers requests."""
SECRETS = {"TOWPATH_SECRET_KEY": "secret_key", "TOWPATH_KEY": "record_key"}


def home_from_settings() -> Home:
    """The state folder, after `.env` was read."""
    env.fill_from(PROJECT / ".env")
    return Home(Path(env.text("TOWPATH_HOME", default=str(PROJECT / ".towpath"))).expanduser().absolute())


def has(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def complete(home: Home, *, database: dict[str, str]) -> None:
    """Set what nobody set, and note it, so that `manage.py` beside a running machine means the same one.

    `database` holds the addresses of the embedded server, nothing where DATABASE_URL names another one.
    """
    ours = {"TOWPATH_HOME": str(home.path), **CHOSEN, **database}
    for name, file in SECRETS.items():
        if not has(name):
            home.secret(file)
            ours[f"{name}_FILE"] = str(home.secrets / file)
    for name, value in ours.items():
        os.environ.setdefault(name, value)
    noted = {name: os.environ[name] for name in ours}
    write_private(home.settings, "".join(f"{name}={value}\n" for name, value in noted.items()))


def join_running_machine() -> None:
    """For `manage.py`: use what the last `make run` used, wherever the environment says nothing else."""
    home = home_from_settings()
    if os.access(home.settings, os.R_OK):
        env.fill_from(home.settings)
