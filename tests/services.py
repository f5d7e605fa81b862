"""Finds, or installs, what tests need besides Python packages: Chromium, PostgreSQL, nginx."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from manage import apt_install

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSERS_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)


def installed_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = filter(None, map(shutil.which, BROWSERS))
    elsewhere = (path for path in BROWSERS_ELSEWHERE if Path(path).exists())
    return next(on_path, None) or next(elsewhere, None)


def find_chromium() -> None:
    """Names a Chromium in CHROMIUM; left unset when Playwright is to use its own download."""
    found = installed_chromium()
    if not found and apt_install("chromium"):
        found = installed_chromium()
    if found:
        os.environ["CHROMIUM"] = found
        return
    print("No Chromium is installed: Playwright downloads its own …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def find_nginx() -> None:
    """Names an nginx in NGINX_PROGRAM (the name NGINX is its own); left unset where none can be
    had."""
    found = os.environ.get("NGINX_PROGRAM") or _installed_nginx()
    if not found and os.name != "nt" and apt_install("nginx"):
        found = _installed_nginx()
    if found:
        os.environ["NGINX_PROGRAM"] = found
        return
    print("No nginx is installed; its tests are skipped.", flush=True)


def _installed_nginx() -> str | None:
    """Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def postgresql() -> Iterator[None]:
    """Starts a PostgreSQL of our own and names it in POSTGRES_URL; leaves one that is named."""
    if os.environ.get("POSTGRES_URL"):
        yield
        return
    programs = _postgresql_programs()
    if programs is None:
        print("No PostgreSQL server is installed; its tests are skipped.", flush=True)
        yield
        return
    # A short path: a socket's name may have at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        _start_postgresql(programs, Path(folder))
        os.environ["POSTGRES_URL"] = f"postgresql://postgres@/postgres?host={folder}"
        try:
            yield
        finally:
            del os.environ["POSTGRES_URL"]
            _as_postgres([programs / "pg_ctl", "stop", "-m", "fast", "-D", f"{folder}/data"])


def _postgresql_programs() -> Path | None:
    """The folder of initdb and pg_ctl, which Debian keeps off the PATH."""
    if os.name == "nt":
        return None  # this set-up uses a Unix socket
    return _find_initdb() or (_find_initdb() if apt_install("postgresql") else None)


def _find_initdb() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        versions.append(Path(on_path).resolve())
    return versions[-1].parent if versions else None


def _start_postgresql(programs: Path, folder: Path) -> None:
    """Listens on a socket in the folder, not on the network; safe writing is not needed."""
    if _is_root():
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    _as_postgres([programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
    settings = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=50"
    _as_postgres([programs / "pg_ctl", "start", "-w", "-D", data, "-o", settings,
                  "-l", folder / "log"])  # fmt: skip


def _as_postgres(command: list[str | Path]) -> None:
    """PostgreSQL refuses to run as root, so root runs it as the user that Debian made for it."""
    user = "postgres" if _is_root() else None
    subprocess.run(command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
