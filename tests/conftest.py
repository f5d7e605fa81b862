"""What many tests start from: a dashboard that is served over databases of its own."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import press
from tests.serving import ROOT, Server, environment_of, serve

SECONDS_TO_SEED = 900
MAIN = sys.modules["__main__"]

# How fast one example is says more of the machine than of the code; benchmarks/ measures speed.
settings.register_profile("facts", deadline=None)
settings.load_profile("facts")


@pytest.fixture(autouse=True)
def own_main_module() -> None:
    """Streamlit's test of a page leaves that page as the main module of this process, and every
    process that a later test starts would run it."""
    sys.modules["__main__"] = MAIN


@pytest.fixture(autouse=True)
def no_browser_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is opened in a test does not start the browser for what might be asked next."""
    monkeypatch.setattr(press, "warm_up", lambda: None)


@pytest.fixture(scope="session")
def empty_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of databases in which nothing has been published; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("empty")
    give("migrate", folder)
    return folder


@pytest.fixture
def own_empty_shelf(empty_shelf: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_shelf, tmp_path / "var"))


@pytest.fixture(scope="module")
def server(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh dashboard in which nothing has been published; one for each test file."""
    folder = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(empty_shelf, folder)
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="session")
def surveys_from() -> int:
    """Of the sample data's surveys the last year will do here; the proofs take more of them."""
    return 2025


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, surveys_from: int) -> Path:
    """A folder of databases in which the sample data is published, of surveys the last years; to be
    copied, not changed."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # the same for all workers
    folder = shared / "sample_data"
    done = shared / "sample_data.done"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(done)
        return folder
    try:
        give("seed", folder, "--surveys-from", str(surveys_from))
    finally:
        done.touch()
    return folder


@pytest.fixture
def own_sample_data(sample_data: Path, tmp_path: Path) -> Path:
    """The same in a copy of the test's own, which it may change."""
    return Path(shutil.copytree(sample_data, tmp_path / "var"))


@pytest.fixture(scope="module")
def sample_server(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard with the sample data; one for each test file, which may change its copy."""
    folder = tmp_path_factory.mktemp("sample") / "var"
    shutil.copytree(sample_data, folder)
    with serve(folder) as served:
        yield served


def give(command: str, folder: Path, *options: str) -> None:
    """A keeper's command over the databases in the folder."""
    done = subprocess.run(
        [sys.executable, "manage.py", command, *options],
        cwd=ROOT,
        env=environment_of(folder),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_SEED,
    )
    assert done.returncode == 0, f"manage.py {command} failed:\n{done.stdout}\n{done.stderr}"


def _wait_for(done: Path) -> None:
    """Until the other worker has seeded."""
    patience = time.monotonic() + SECONDS_TO_SEED
    while not done.exists() and time.monotonic() < patience:
        time.sleep(0.2)
