"""What the press makes is read back: numbers, letters, tags; and its browser is tried hard."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

import press
from press import pieces, room
from press.devtools import Browser
from press.room import Room
from press.unprintable import FAILED, TOO_LONG
from tests.charts_for_tests import FORMS
from tests.serving import ROOT
from yearbook.charts import Chart, screen
from yearbook.language import Language

pytestmark = pytest.mark.skipif(not press.is_there(), reason="no Chromium is installed")

FI = Language.FI
NAME = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"[+−]?\d[\d\u202f]*(?:[.,]\d+)?")
EVERY_MARK = {"bars", "dots", "map", "options"}  # forms that write a number at every mark
NO_NUMBERS = {"sparkline"}
EVERY = [
    pytest.param(form, language, id=f"{form}-{language}") for form in FORMS for language in Language
]


@pytest.fixture(scope="module", autouse=True)
def closed_afterwards() -> Iterator[None]:
    yield
    press.close()


@pytest.fixture
def own_room() -> Iterator[Room]:
    own = Room()
    yield own
    own.close()


def drawn(maker: str, chart: Chart, preset: screen.Preset = screen.SLIDE) -> bytes:
    figure = screen.picture(chart, preset)
    layout = figure["layout"]
    return getattr(press, maker)(figure, layout["width"], layout["height"])


def texts_of(svg: bytes) -> list[str]:
    """Of the picture, without its axes."""
    root = ElementTree.fromstring(svg)
    on_axes = {
        id(text)
        for group in root.iter(f"{NAME}g")
        if re.fullmatch(r"[xy]tick", group.get("class", ""))
        for text in group.iter(f"{NAME}text")
    }
    live = (text for text in root.iter(f"{NAME}text") if id(text) not in on_axes)
    return [" ".join(text.itertext()) for text in live]


def numbers(text: str) -> list[str]:
    return NUMBER.findall(text)


def told(chart: Chart) -> set[str]:
    """Every number that the chart's description holds in words, or in its table."""
    said = [
        chart.headline, chart.subtitle, *chart.footer,
        *(mark.written for series in chart.series for mark in series.marks),
        *(series.name for series in chart.series),
        *(text for place in chart.places for text in (place.label, place.name)),
        *(one.label for one in chart.references),
        *(one.reason for one in chart.breaks),
        *(one.written for one in chart.means),
        *(one.mean_written for one in chart.band),
        *(entry.written for row in chart.twin.rows for entry in row),
    ]  # fmt: skip
    return {number for text in said for number in numbers(text)}


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_the_numbers_of_a_vector_picture_are_those_of_the_chart(
    form: str, language: Language
) -> None:
    chart = FORMS[form](language)
    for preset in (screen.SLIDE, screen.COLUMN, screen.IN_TEXT):
        texts = texts_of(drawn("svg", chart, preset))
        found = Counter(number for text in texts for number in numbers(text))
        assert set(found) <= told(chart)
        written = [mark.written for series in chart.series for mark in series.marks]
        if form in EVERY_MARK:
            beside = [text for text in texts if any(text.endswith(one) for one in written)]
            shown = Counter(n for text in written for n in numbers(text))
            assert Counter(n for text in beside for n in numbers(text)) & shown == shown
        elif form not in NO_NUMBERS and preset is not screen.IN_TEXT:
            assert found, "some number is written"
        if form in EVERY_MARK and "–" in written:
            assert any("–" in text for text in texts), "what is withheld or missing stays visible"


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_a_printed_picture_is_read_back_with_title_language_and_words(
    form: str, language: Language
) -> None:
    chart = FORMS[form](language)
    read = PdfReader(BytesIO(drawn("pdf", chart)))
    assert len(read.pages) == 1
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [960, 540]  # points
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language.value, True)
    assert read.metadata and read.metadata.title == chart.headline
    said = " ".join(read.pages[0].extract_text().split())
    for text in (chart.headline, chart.subtitle, *chart.footer):
        assert " ".join(text.split()) in said
    figure = root["/StructTreeRoot"]["/K"]["/K"]
    figure = figure[0].get_object() if isinstance(figure, list) else figure.get_object()
    assert (figure["/S"], figure["/Alt"]) == ("/Figure", chart.alt)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for font in read.pages[0]["/Resources"]["/Font"].values()
    }  # type: ignore[index]
    assert {name.split("+")[1] for name in fonts} <= {"YearbookSans-Regular", "YearbookSans-Bold"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_view_gives_the_same_bytes(form: str) -> None:
    chart = FORMS[form](Language.SV)
    for maker in ("png", "svg"):
        first = drawn(maker, chart)
        pieces.drawings.forget()
        assert drawn(maker, chart) == first
    pieces.drawings.forget()
    first = drawn("svg", chart)
    press.close()
    assert drawn("svg", chart) == first, "in another browser, too"


@pytest.mark.parametrize("form", FORMS)
def test_each_line_of_a_text_says_in_pixels_where_it_stands(form: str) -> None:
    """LibreOffice reads no `dy` in em, and would print the lines over each other."""
    root = ElementTree.fromstring(drawn("svg", FORMS[form](FI)))
    several = 0
    for text in root.iter(f"{NAME}text"):
        lines = [one for one in text.iter(f"{NAME}tspan") if one.get("class") == "line"]
        assert not any(one.get("dy") for one in lines)
        assert len({one.get("y") for one in lines}) == len(lines)
        several += len(lines) > 1
    assert several, "the footer has several"


def test_two_pictures_on_a_page_share_no_names() -> None:
    one, two = (drawn("svg", FORMS[form](FI)).decode() for form in ("bars", "stacked"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_what_a_name_holds_stays_text() -> None:
    headline = '<img src=x> & "</style><script>" \\1 –'
    chart = replace(FORMS["bars"](FI), headline=headline, alt="<b> & å")
    svg = drawn("svg", chart)
    root = ElementTree.fromstring(svg)
    assert root.findtext(f"{NAME}title") == chart.headline
    assert root.findtext(f"{NAME}desc") == chart.alt
    assert not list(root.iter(f"{NAME}script"))
    assert any(chart.headline in text for text in texts_of(svg))


DOCUMENT = """<!doctype html><html lang="sv"><head><title>Utlåtande – prov</title>
<style>@page {{ size: A4; margin: 2cm;
@bottom-right {{ content: counter(page) "/" counter(pages) }} }}
h2 {{ break-before: page }} body {{ font-family: "Source Sans" }}</style></head>
<body><h1>Ett – två</h1><p>Åäö ½ ≥ 5 %</p>{more}<h2>Följande</h2>
<table><thead><tr><th scope="col">År</th><th scope="col">n</th></tr></thead>
<tbody><tr><td>2025</td><td>12</td></tr></tbody></table></body></html>"""


def test_a_document_is_tagged_with_outline_title_language_and_page_numbers() -> None:
    read = PdfReader(BytesIO(press.pdf_of(DOCUMENT.format(more=""))))
    root: Any = read.trailer["/Root"]
    assert read.metadata and read.metadata.title == "Utlåtande – prov"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [595, 842]
    first, second = (page.extract_text() for page in read.pages)
    assert "1/2" in first and "2/2" in second and "Åäö ½ ≥ 5 %" in first
    outline: Any = read.outline
    assert outline[0].title == "Ett – två" and outline[1][0].title == "Följande"
    tags = Counter(_tags(root["/StructTreeRoot"]))
    assert (tags["/H1"], tags["/H2"], tags["/Table"], tags["/TH"], tags["/TD"]) == (1, 1, 1, 2, 2)


def _tags(element: Any) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _tags(one)
    elif isinstance(element, dict):
        if "/S" in element:
            yield str(element["/S"])
        if "/K" in element:
            yield from _tags(element["/K"])


LURES = """<img src="{at}/img"><link rel="stylesheet" href="{at}/css">
<link rel="preconnect" href="{at}"><link rel="dns-prefetch" href="{at}">
<iframe src="{at}/frame"></iframe><script src="{at}/js"></script>
<link rel="prefetch" href="{at}/next"><object data="{at}/object"></object><embed src="{at}/embed">
<video src="{at}/video" autoplay></video>
<style>@import "{at}/import"; p {{ background: url({at}/ground); font-family: lure }}
@font-face {{ font-family: lure; src: url({at}/font) }}</style>
<svg><image href="{at}/image"/><use href="{at}/use#a"/></svg><img src=x onerror="fetch('{at}/run')">
<script>new WebSocket("ws" + "{at}".slice(4));
document.querySelector("p").textContent = "ran"</script>
<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>"""


def test_a_page_reaches_no_network_and_no_file() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]
        lures = "".join(
            LURES.format(at=f"http://{host}:{port}") for host in ("127.0.0.1", "localhost")
        )
        said = " ".join(
            page.extract_text()
            for page in PdfReader(BytesIO(press.pdf_of(DOCUMENT.format(more=lures)))).pages
        )
        figure = screen.picture(FORMS["bars"](FI))
        figure["layout"]["images"] = [{"source": f"http://127.0.0.1:{port}/in", "x": 0, "y": 1,
                                       "sizex": 1, "sizey": 1}]  # fmt: skip
        away = f'<meta http-equiv="refresh" content="0; url=http://127.0.0.1:{port}/away">'
        with suppress(press.Unprintable):  # what leads away need not be printed
            press.pdf_of(DOCUMENT.format(more=away))
        with suppress(press.Unprintable):  # what cannot be fetched need not be drawn
            press.png(figure, 1280, 720)
        time.sleep(1)
        with pytest.raises(TimeoutError):
            listening.accept()
    assert "Ett – två" in said and "ran" not in said.split()
    assert "root:" not in said


def test_a_piece_has_its_time_and_the_next_a_fresh_browser(
    own_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_room.make(lambda *_: b"warm")
    assert own_room.browser
    stuck = own_room.browser.pid
    monkeypatch.setattr(room, "SECONDS", 2.0)
    begun = time.monotonic()
    with pytest.raises(press.Unprintable) as late:
        own_room.make(lambda browser, page: pieces._run(browser, page, "while (true);"))
    assert late.value.why == TOO_LONG
    assert time.monotonic() - begun < 20
    assert not _runs(stuck)
    monkeypatch.setattr(room, "SECONDS", 60.0)
    assert own_room.make(lambda browser, page: pieces._run(browser, page, "'again'")) == "again"


def test_a_browser_that_was_killed_is_started_anew(own_room: Room) -> None:
    def ask(browser: Any, page: str) -> Any:
        return pieces._run(browser, page, "Plotly.version")

    version = own_room.make(ask)
    assert own_room.browser
    first = own_room.browser.pid
    os.killpg(first, signal.SIGKILL)
    assert own_room.make(ask) == version
    assert own_room.browser.pid != first


def test_one_that_is_killed_while_it_prints_is_started_anew_and_prints(own_room: Room) -> None:
    """Once: what kills its browser each time is given up, and the next piece is printed."""
    long = DOCUMENT.format(more="<h2>Rubrik</h2><p>Text.</p>" * 600)
    own_room.make(lambda *_: b"warm")
    assert own_room.browser
    killed: list[int] = []

    def printed(browser: Browser, _: str, times: int = 1) -> bytes:
        if len(killed) < times:
            killed.append(browser.pid)
            threading.Timer(0.5, os.killpg, (browser.pid, signal.SIGKILL)).start()
        return pieces.document(browser, long)

    assert own_room.make(printed)[:5] == b"%PDF-"
    assert own_room.browser.pid not in killed
    killed.clear()
    with pytest.raises(press.Unprintable) as failed:
        own_room.make(lambda browser, page: printed(browser, page, 2))
    assert (failed.value.why, len(killed)) == (FAILED, 2)
    assert own_room.make(lambda browser, _: pieces.document(browser, long))[:5] == b"%PDF-"


def test_a_crowd_gets_each_its_own() -> None:
    charts = [FORMS[form](language) for form in ("bars", "dots", "slope") for language in Language]
    with ThreadPoolExecutor(len(charts)) as crowd:
        made = list(crowd.map(lambda chart: drawn("svg", chart), charts))
    for chart, svg in zip(charts, made, strict=True):
        assert ElementTree.fromstring(svg).findtext(f"{NAME}desc") == chart.alt


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)", "os._exit(1)"])
def test_the_browser_goes_with_the_process_however_that_ends(end: str) -> None:
    program = (
        "import os, press; from press.room import opened\n"
        "press.pdf_of('<html><head></head><body>a</body></html>')\n"
        f"print(opened().browser.pid, flush=True)\n{end}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=200
    )
    browser = int(done.stdout)
    until = time.monotonic() + 20
    while _runs(browser) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _runs(browser)


def test_a_forked_process_has_a_press_of_its_own() -> None:
    drawn("svg", FORMS["bars"](FI))
    program = (
        "import os, press\n"
        "html = '<html><head></head><body>a</body></html>'\n"
        "press.pdf_of(html)\n"
        "child = os.fork()\n"
        "if not child:\n    made = press.pdf_of(html); press.close()\n"
        "    os._exit(made[:4] != b'%PDF')\n"
        "assert os.waitpid(child, 0)[1] == 0\n"
        "assert press.pdf_of(html)[:4] == b'%PDF'"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=200)


def test_nothing_is_left_behind(own_room: Room) -> None:
    own_room.make(lambda *_: b"warm")
    assert own_room.browser
    folder = Path(own_room.browser._folder)
    assert folder.exists()
    threads = threading.active_count()
    own_room.close()
    assert not folder.exists()
    assert threading.active_count() <= threads


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
