"""Packs of all schools from the sample data: in a process of its own, with progress; stopped."""

from __future__ import annotations

import io
import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from office import jobs, packs
from office.jobs import Job
from office.packs import Wanted


@pytest.fixture
def published(own_sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SHELF_URL", "ARCHIVE_URL", "ACCOUNTS_URL", "CATALOGUE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(own_sample_data))
    return own_sample_data


def test_sixteen_packs_are_made_in_one_go_with_progress(published: Path) -> None:
    job = jobs.start(packs.make, Wanted(packs.newest(), ()))
    told = set()
    while not job.wait(0.2):
        told.add(job.progress.share)
    assert job.error is None
    assert len(told) > 3
    made = job.result
    assert len(made.schools) == 16
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert len(set(archive.namelist())) == 16
        assert archive.testzip() is None


def test_stopping_ends_the_helpers_too(published: Path) -> None:
    """The job is killed and cannot tell them."""
    job = jobs.start(packs.make, Wanted(packs.newest(), ()))
    helpers = _wait_for_helpers(job)
    job.stop()
    assert job.wait(30)
    assert job.error is not None
    patience = time.monotonic() + 30
    while any(_is_alive(one) for one in helpers) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not [one for one in helpers if _is_alive(one)]


def _wait_for_helpers(job: Job) -> list[int]:
    """The processes that the job has started, once there are two that work."""
    patience = time.monotonic() + 120
    while time.monotonic() < patience:
        listed = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(job._process.pid)],
            capture_output=True,
            text=True,
        ).stdout.splitlines()
        working = [int(line.split()[0]) for line in listed if "spawn_main" in line]
        if len(working) == 2:
            time.sleep(2)  # until each has begun to watch
            return working
        time.sleep(0.2)
    raise AssertionError("no helpers were started")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
