"""What the operating system must bring: Pango for PDFs, a browser for the tests. Looked for first, installed only then."""

import ctypes
import os
import shutil
import subprocess
import sys

from practice.machine.terminal import say

LINUX_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
MAC_LIBRARIES = ("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib")
MAC_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
DEBIAN_PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def missing_libraries() -> list[str]:
    """The libraries WeasyPrint needs and this machine has not."""
    if sys.platform == "darwin":
        return [name for name in MAC_LIBRARIES if not any(_loads(folder + name) for folder in MAC_FOLDERS)]
    return [name for name in LINUX_LIBRARIES if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """A Chromium that is there: TOWPATH_CHROMIUM, one on the PATH, or a Mac application."""
    chosen = os.environ.get("TOWPATH_CHROMIUM")
    if chosen:
        return chosen
    on_path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    return on_path or next((path for path in MAC_BROWSERS if os.access(path, os.X_OK)), None)


def bring_libraries() -> None:
    """Install Pango where it is missing; without it everything but PDFs works, so a failure only speaks."""
    missing = missing_libraries()
    if missing and not _install("for PDFs", apt=DEBIAN_PDF, brew=("pango",)):
        say(
            f"Not found and not installable from here: {', '.join(missing)}. PDFs will not work until they are there."
        )


def bring_browser() -> None:
    """Install Chromium where there is none; without it the browser tests fail, so a failure only speaks."""
    if chromium() is None and not _install(
        "for the browser tests", apt=("chromium",), brew=("--cask", "chromium")
    ):
        say(
            "There is no Chromium here. Install one, or set TOWPATH_CHROMIUM to its path, for the browser tests."
        )


def install_venv_support() -> bool:
    """Debian keeps the venv module's other half in a package of its own."""
    return _install("for the virtual environment", apt=("python3-venv",), brew=())


def _install(why: str, *, apt: tuple[str, ...], brew: tuple[str, ...]) -> bool:
    """Install by the system's own package manager, saying so. False when that is not possible or did not work."""
    if shutil.which("apt-get") and apt and (rights := _as_root()) is not None:
        say(f"Installing {' '.join(apt)} with apt-get, {why}.")
        _run([*rights, "apt-get", "update", "-qq"])
        return _run([*rights, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *apt])
    if shutil.which("brew") and brew:
        say(f"Installing {brew[-1]} with brew, {why}.")
        return _run(["brew", "install", "--quiet", *brew])
    return False


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    return ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"] if shutil.which("sudo") else None


def _run(command: list[str]) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
