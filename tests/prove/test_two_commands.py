"""The README's commands on a fresh clone: nothing of ours is there but git and Python."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.serving import ROOT, free_port

SECONDS_FIRST, SECONDS_AGAIN = 1800, 15

pytestmark = pytest.mark.timeout(3000)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, in an empty folder."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is nothing to clone")
    folder = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


def bare_environment() -> Mapping[str, str]:
    """Without what the tests' own environment has set."""
    ours = {
        "VIRTUAL_ENV",
        "ARCHIVE_URL",
        "SHELF_URL",
        "ACCOUNTS_URL",
        "CATALOGUE",
        "SOURCES",
        "VAR",
    }
    return {name: value for name, value in os.environ.items() if name not in ours}


def python_outside() -> str:
    """The Python that made our environment: the clone makes one of its own."""
    return str(getattr(sys, "_base_executable", sys.executable))


@contextmanager
def running(clone: Path, port: int, seconds: float) -> Iterator[float]:
    """`manage.py run`, up within so many seconds, ended by Ctrl-C; gives the seconds it took."""
    started = time.monotonic()
    log = clone.parent / f"run-{port}-{int(started)}.log"
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [python_outside(), "manage.py", "run", f"--port={port}"],
            cwd=clone,
            env=bare_environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        while not _answers(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() - started < seconds, log.read_text()
            time.sleep(0.2)
        yield time.monotonic() - started
        assert f"http://127.0.0.1:{port}" in log.read_text()
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
    assert "Traceback" not in log.read_text()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def health(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        return str(answer.read().decode())


def test_run_starts_from_nothing_and_again_within_seconds(clone: Path) -> None:
    port = free_port()
    with running(clone, port, SECONDS_FIRST) as first:
        published = health(port)
    shelf = clone / "var" / "shelf.sqlite"
    kept = shelf.stat().st_size
    with running(clone, port, SECONDS_AGAIN) as again:
        assert health(port) == published
    print(f"first start {first:.0f} s, again {again:.1f} s")
    assert '"edition":"' in published
    assert shelf.stat().st_size == kept


def test_the_clone_is_left_clean(clone: Path) -> None:
    """What a command makes is ignored by git."""
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
