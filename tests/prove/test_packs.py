"""Packs of all schools from the sample data: in a process of its own, with progress; stopped; and
printed by the server's own browser."""

from __future__ import annotations

import io
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from pypdf import PdfReader

import press
from office import jobs, packs
from office.jobs import Job
from office.packs import PDF, Wanted, files
from tests.serving import Server
from tests.test_packs import PLANTED, by_school, folder, on_shelf  # noqa: F401
from yearbook.charts import Chart
from yearbook.language import Language

needs_browser = pytest.mark.skipif(not press.is_there(), reason="no Chromium is installed")


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


# --- Printed by the server's own browser ------------------------------------------------------


@needs_browser
def test_pdf_packs_hold_the_schools_own_words_and_numbers_tagged_and_in_its_language(
    on_shelf: None,  # noqa: F811
) -> None:
    made = packs.make(Wanted("2026.1", ("kuopio", "turku"), PDF, Language.SV))
    press.close()
    for school, content in by_school(made).items():
        pack = files.pack_of(files.edition_for("2026.1", school), school, Language.SV)
        read = PdfReader(io.BytesIO(content))
        root: Any = read.trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sv", True)
        assert read.metadata and read.metadata.title == f"{pack.school}: {pack.title}"
        said = "".join("".join(page.extract_text() for page in read.pages).split())
        for chart in pack.charts:
            for text in (chart.headline, chart.subtitle, chart.source, *_written(chart)):
                assert "".join(text.split()) in said, text
        for owner, number in PLANTED.items():
            assert (str(number) in said) is (owner == school)
        headings = [one.title.split(". ")[0] for one in _flat(read.outline)]
        assert headings[0] == pack.school, "each once: none is painted on two pages"
        assert headings[2:] == [str(number) for number in range(1, len(pack.charts) + 1)]
        described = [str(one["/Alt"]) for one in _tagged(root["/StructTreeRoot"], "/Figure")]
        assert described == [chart.alt for chart in pack.charts]


@needs_browser
@pytest.mark.timeout(600)
def test_pdf_packs_are_made_on_the_page_and_taken_as_a_zip(
    context: BrowserContext, sample_server: Server, tmp_path: Path
) -> None:
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"{sample_server.address}/kokouspaketit?role=director&lang=fi")
    for name in ("Kuopion konservatorio", "Tampereen konservatorio"):
        page.get_by_role("combobox").fill(name)
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="PDF").or_(page.get_by_role("button", name="PDF")).click()
    page.get_by_role("button", name="Tee paketit (2)").click()
    page.get_by_text("Tehdään paketteja: 1 / 2 · Kuopion konservatorio").wait_for()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Lataa (ZIP").click()
    waited.value.save_as(tmp_path / "packs.zip")
    with zipfile.ZipFile(tmp_path / "packs.zip") as archive:
        names = sorted(archive.namelist())
        assert [name.rpartition("_")[2] for name in names] == ["kuopio.pdf", "tampere.pdf"]
        for name in names:
            assert len(PdfReader(io.BytesIO(archive.read(name))).pages) > 5


@needs_browser
def test_stopping_ends_the_browser_too(published: Path) -> None:
    job = jobs.start(packs.make, Wanted(packs.newest(), (), PDF))
    patience = time.monotonic() + 120
    while job.progress.share == 0 and time.monotonic() < patience:
        time.sleep(0.1)
    browsers = _descendants(job._process.pid)
    assert len(browsers) > 2
    job.stop()
    assert job.wait(30)
    assert job.error is not None and job.result is None
    patience = time.monotonic() + 30
    while any(_is_at_work(one) for one in browsers) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not [one for one in browsers if _is_at_work(one)]


def _written(chart: Chart) -> list[str]:
    """Of bars each number stands beside its bar; what is withheld is a dash with its reason."""
    return [m.written for s in chart.series for m in s.marks] if chart.form == "bars" else []


def _flat(outline: Any) -> Iterator[Any]:
    for one in outline:
        yield from _flat(one) if isinstance(one, list) else (one,)


def _tagged(element: Any, tag: str) -> Iterator[Any]:
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _tagged(one, tag)
    elif isinstance(element, dict):
        if element.get("/S") == tag:
            yield element
        if "/K" in element:
            yield from _tagged(element["/K"], tag)


def _descendants(process: int) -> list[int]:
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True)
    of = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [process]
    for one in found:
        found += [child for child, parent in of if parent == one]
    return found[1:]


def _is_at_work(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
