"""Read settings from the environment, strictly: a bad value stops the start and says why."""

import os
from pathlib import Path


class BadSetting(SystemExit):
    """A setting is missing or cannot be read. The message names it and says what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"towpath: {name} {problem}")


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name_FILE` points to, or the default.

    Raises BadSetting when there is none of the three.
    """
    from_file = os.environ.get(f"{name}_FILE")
    if from_file:
        return _read(f"{name}_FILE", Path(from_file))
    value = os.environ.get(name)
    if value:
        return value
    if default is None:
        raise BadSetting(name, f"is not set. Set it, or set {name}_FILE to a file that holds it.")
    return default


def _read(name: str, path: Path) -> str:
    try:
        value = path.read_text().strip()
    except OSError as problem:
        raise BadSetting(name, f"points to a file that cannot be read: {problem.strerror}.") from problem
    if not value:
        raise BadSetting(name, "points to an empty file.")
    return value


def switch(name: str, *, default: bool) -> bool:
    """`true` or `false`, nothing else: "yes" and "1" stop the start."""
    value = text(name, default="true" if default else "false")
    if value not in {"true", "false"}:
        raise BadSetting(name, f"is {value!r}. Write true or false.")
    return value == "true"


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number between `least` and `most`, both included."""
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(name, f"is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def private_folder(path: Path) -> Path | None:
    """The folder, made and closed to others where it may be; None leaves the choice to the system."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return path


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default=default).split(",") if word.strip()]


def fill_from(path: Path) -> None:
    """Take settings from a file of `NAME=value` lines, but none that the environment already has, be it as NAME_FILE.

    Blank lines and lines that begin with # are comments; quotes around a value are dropped. Raises BadSetting at any
    other line. A missing file is an empty one.
    """
    for number_of_line, line in enumerate(path.read_text().splitlines() if path.exists() else [], start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, equals, value = stripped.partition("=")
        if not equals or not name.strip().isidentifier():
            raise BadSetting(str(path), f"line {number_of_line} is not NAME=value.")
        twins = {f"{name.strip()}_FILE", name.strip().removesuffix("_FILE")} - {name.strip()}
        if not twins & os.environ.keys():
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def names_in(path: Path) -> set[str]:
    """The settings that a file such as `.env.example` speaks of, whether they are set there or commented out."""
    lines = path.read_text().splitlines() if path.exists() else []
    named = (line.removeprefix("#").partition("=") for line in lines)
    return {name for name, equals, _ in named if equals and name.isidentifier() and name.isupper()}
