#!/usr/bin/env python3
"""The keeper's door: sets the dashboard up, runs it, tests it and keeps its figures.

`python3 manage.py list` names the commands. Each of them makes the environment (`.venv`) first
if it is not there, and needs for that nothing but Python 3.11 and a connection to a package index.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUNTIME, KEEPERS = "requirements.txt", "requirements-dev.txt"
# Two at a time, a file's tests together. The files come in the order of their names, in which the
# longest begin (the browser's, the attacks and the audits); the short ones fill in beside them.
TWO_FILES = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")

if TYPE_CHECKING:
    Command = Callable[[list[str]], "int | None"]


# --- Setting up: the standard library alone ---------------------------------------------------


def require_python_311() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is to be told so
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"Python 3.11 or newer is needed; this is {found}. See https://www.python.org.")


def enter_environment(is_filled_later: bool = False) -> None:
    """Goes on inside `.venv`, made and filled if need be; does nothing when already inside."""
    is_new = not PYTHON.exists()
    if is_new:
        make_environment()
    if is_new or not is_filled_later:
        install(RUNTIME)
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    command = [str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]]
    hand_over(command)


def make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        install_venv()
    print("Making the environment in .venv …", file=sys.stderr, flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    if made.returncode:
        sys.exit("The environment could not be made; the lines above say why.")


def install_venv() -> None:
    """Debian and Ubuntu ship Python without the part that installs packages."""
    print("Python lacks its venv installer: installing python3-venv …", file=sys.stderr, flush=True)
    if not apt_install("python3-venv"):
        sys.exit("Python lacks its venv installer. Give this command, then try again:\n"
                 "    sudo apt-get update && sudo apt-get install -y python3-venv")  # fmt: skip


def install(requirements: str) -> None:
    """Installs the pinned requirements, unless the very same were installed before."""
    wanted = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"{requirements}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(
        f"Installing {requirements}; the first time takes a minute or two …",
        file=sys.stderr,
        flush=True,
    )
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / requirements)])
    if done.returncode:
        sys.exit(f"{requirements} could not be installed; the lines above say why.")
    stamp.write_text(wanted)


def apt_install(package: str) -> bool:
    """Installs a Debian package as root; False where that cannot be done."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", package]):
        done = subprocess.run(["apt-get", *step], env=quiet, stdout=subprocess.DEVNULL)
        if done.returncode:
            return False
    return True


def hand_over(command: list[str]) -> None:
    """Goes on as another program; Windows cannot replace a process, so there it waits."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        sys.exit(subprocess.call(command))
    except KeyboardInterrupt:
        sys.exit(130)


# --- Commands: inside the environment ---------------------------------------------------------


def run(arguments: list[str]) -> None:
    """Serve the dashboard on this machine (with the sample data on first use)."""
    options = parser(run)
    options.add_argument("--port", type=int, default=8501, help="8501 unless another is named")
    port = options.parse_args(arguments).port
    require_free(port)
    if code := COMMANDS["seed"]([]):
        sys.exit(code)
    print(f"The dashboard is at http://127.0.0.1:{port} (Ctrl-C ends it).", flush=True)
    hand_over([str(PYTHON), "-m", "streamlit", "run", "app.py", f"--server.port={port}"])


def require_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Port {port} is in use; perhaps the dashboard is already running at "
                     f"http://127.0.0.1:{port}. Name another: --port {port + 1}")  # fmt: skip


def test(arguments: list[str]) -> int:
    """Run the tests, browser tests included (at most five minutes)."""
    install(KEEPERS)
    from tests import services

    services.find_chromium()
    return pytest("tests", "--ignore=tests/prove", *TWO_FILES, *arguments)


def prove(arguments: list[str]) -> int:
    """Run the long proofs: real data, hostile files, PostgreSQL (at most an hour)."""
    install(KEEPERS)
    from tests import services

    services.find_chromium()
    services.find_nginx()
    with services.postgresql():
        return pytest("tests/prove", *TWO_FILES, *arguments)


def check(arguments: list[str]) -> int:
    """Check format, lint, types, contracts, and the tests that need no browser."""
    options = parser(check)
    options.add_argument("--without-tests", action="store_true", help="read the code only")
    without_tests = options.parse_args(arguments).without_tests
    install(KEEPERS)
    steps = {
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": ["-m", "ruff", "check", "--quiet", "."],
        "types": ["-m", "mypy"],
        "contracts": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    }
    failed = [name for name, step in steps.items() if subprocess.run([PYTHON, *step]).returncode]
    if not without_tests and pytest(
        "tests", "--ignore=tests/prove", "--ignore=tests/browser", "-n", "2"
    ):
        failed.append("tests")
    print(f"check: {', '.join(failed)} failed" if failed else "check: all well")
    return 1 if failed else 0


def pytest(*arguments: str) -> int:
    """The exit code of pytest; a run without a single test is a failure too."""
    code = subprocess.run([PYTHON, "-m", "pytest", "-rs", *arguments]).returncode
    if code == 5:
        print("No test was found to run, so nothing is shown to work.")
    return code


def lock(arguments: list[str]) -> int:
    """Pin the requirements anew, with hashes for all platforms."""
    options = parser(lock)
    options.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = ["--upgrade"] if options.parse_args(arguments).upgrade else []
    install(KEEPERS)
    pin = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes",
           "--python-version=3.11", "--no-emit-index-url", "--no-header"]  # fmt: skip
    for pinned in (RUNTIME, KEEPERS):
        listed = pinned.replace(".txt", ".in")
        done = subprocess.run([PYTHON, *pin, "--annotation-style=line", *upgrade, listed,
                               "--output-file", pinned], stdout=subprocess.DEVNULL)  # fmt: skip
        if done.returncode:
            return done.returncode
    return 0


def upgrade(arguments: list[str]) -> int:
    """Back up, install what this version needs, migrate and check; or go --back."""
    options = parser(upgrade)
    back = "put back what the backup before the last upgrade holds (start the older version)"
    options.add_argument("--back", action="store_true", help=back)
    goes_back = options.parse_args(arguments).back
    try:
        from office import commands
    except ImportError:  # this version needs a package that the one before did not
        install(RUNTIME)
        hand_over([str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]])
    if goes_back:
        return commands.go_back()
    if code := commands.back_up_before_upgrade():
        return code
    install(RUNTIME)
    for step in ("migrate", "check-server"):  # by the packages that are installed now
        if code := subprocess.run([PYTHON, "manage.py", step]).returncode:
            print(f"upgrade: {step} failed. To return: start the older version and give it "
                  "manage.py upgrade --back")  # fmt: skip
            return code
    return commands.record_upgrade()


def list_commands(arguments: list[str]) -> None:
    """Name the commands."""
    for name, command in COMMANDS.items():
        print(f"  {name:<12} {(command.__doc__ or '').splitlines()[0]}")


def in_office(function: str, what: str) -> Command:
    """A command that the office carries out; what it needs is imported when it is given."""

    def command(arguments: list[str]) -> int | None:
        from office import commands

        return getattr(commands, function)(parser(command), arguments)

    command.__name__, command.__doc__ = function, what
    return command


COMMANDS: dict[str, Command] = {
    "run": run,
    "test": test,
    "prove": prove,
    "check": check,
    "seed": in_office("seed", "Publish the invented sample data, if nothing has been published."),
    "receive": in_office(
        "receive", "Take in workbooks or a database's table, and say what is wrong."
    ),
    "withdraw": in_office(
        "withdraw", "Take a submission out of force; without a number, list them."
    ),
    "erase": in_office("erase", "Erase a respondent or a whole round for good."),
    "tidy": in_office("tidy", "Delete uploads that were kept long enough, and clean up."),
    "publish": in_office("publish", "Show what a new edition would change, then publish it."),
    "rollback": in_office("rollback", "Show visitors an older edition; without a name, list them."),
    "audit-files": in_office(
        "audit_files", "Write all that is shown, for an audit by any other program."
    ),
    "packs": in_office("packs", "Write each school's pack for a meeting, all in one go."),
    "migrate": in_office(
        "migrate", "Create the databases, or bring them up to the present schema."
    ),
    "account": in_office("account", "Make the first director, give new links, list who gets in."),
    "backup": in_office("backup", "Save everything in one file, while the service is in use."),
    "restore": in_office("restore", "Bring back what a backup holds, onto an empty place."),
    "upgrade": upgrade,
    "nightly": in_office("nightly", "Tidy, back up, and let go of old backups: for a timer."),
    "check-server": in_office(
        "check_server", "Look at settings, databases, editions and backups as a keeper would."
    ),
    "export-all": in_office(
        "export_all", "Write everything as CSV, JSON and TOML, to leave the product."
    ),
    "lock": lock,
    "list": list_commands,
}


def parser(command: Command) -> argparse.ArgumentParser:
    name = command.__name__.replace("_", "-")
    return argparse.ArgumentParser(prog=f"manage.py {name}", description=command.__doc__)


def main() -> None:
    require_python_311()
    name, *arguments = sys.argv[1:] or ["list"]
    if name not in COMMANDS:
        known = ", ".join(COMMANDS)
        sys.exit(f"There is no command {name!r}. The commands are {known}.")
    os.chdir(ROOT)
    # Small matrices only: more threads would wait for each other and starve the visitors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    enter_environment(is_filled_later=name == "upgrade")
    try:
        sys.exit(COMMANDS[name](arguments))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
