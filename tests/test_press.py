"""The press takes one piece at a time, says why it made none, and gives its browser no secrets."""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import press
from press import chromium, folders, kept, pieces, room
from press.devtools import Browser, Gone, Late, Refused
from press.room import Room
from press.unprintable import BUSY, FAILED, NO_BROWSER, TOO_LONG
from tests.access_for_tests import address_of_accounts, engine_of_accounts  # noqa: F401
from tests.charts_for_tests import FORMS
from tests.databases import new_address  # noqa: F401
from tests.statements_for_tests import TITLE, drawer_of, open_page
from ui.words import word
from yearbook.charts import captions, screen
from yearbook.database import Engine
from yearbook.language import Language
from yearbook.statements import Statement

FI = Language.FI


class Stub:
    """Stands in for a browser; started as often as one is."""

    started = 0
    is_alive = True
    until = 0.0

    def __init__(self, program: str) -> None:
        Stub.started += 1

    def close(self) -> None:
        self.is_alive = False


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A room of its own, whose browsers are stubs."""
    monkeypatch.setattr(room, "Browser", Stub)
    monkeypatch.setattr(chromium, "path", lambda: "/usr/bin/true")
    monkeypatch.setattr(pieces, "warm_up", lambda browser: "page")
    Stub.started = 0
    own = Room()
    yield own
    own.close()


def test_without_a_browser_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert not press.is_there()
    with pytest.raises(press.Unprintable) as refused:
        press.pdf_of("<html><head></head></html>")
    assert refused.value.why == NO_BROWSER


@pytest.mark.parametrize("why", [NO_BROWSER, TOO_LONG, BUSY, FAILED])
def test_every_reason_has_words_in_three_languages(why: str) -> None:
    said = [word(f"press.{why}")[language] for language in Language]
    assert all(said) and len(set(said)) == 3


def test_one_warm_browser_makes_piece_after_piece(stubbed: Room) -> None:
    assert [stubbed.make(lambda *_: b"one"), stubbed.make(lambda *_: b"two")] == [b"one", b"two"]
    assert Stub.started == 1


def until(is_so: Callable[[], object]) -> bool:
    end = time.monotonic() + 5
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(is_so())


def test_it_is_warm_before_anything_is_asked_for(stubbed: Room) -> None:
    stubbed.warm_up()
    assert until(lambda: stubbed.browser)
    stubbed.warm_up()
    assert (stubbed.make(lambda *_: b"one"), Stub.started) == (b"one", 1)


def test_what_did_not_start_is_tried_again_for_a_piece_alone(
    stubbed: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> str:
        raise Gone

    monkeypatch.setattr(pieces, "warm_up", broken)
    stubbed.warm_up()
    assert until(lambda: Stub.started == 2 and stubbed.browser is None), "twice, as for a piece"
    stubbed.warm_up()
    assert stubbed.waiting == 0
    monkeypatch.setattr(pieces, "warm_up", lambda browser: "page")
    assert (stubbed.make(lambda *_: b"one"), Stub.started) == (b"one", 3)


def test_a_figure_that_was_drawn_is_not_drawn_again_until_others_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def run(browser: Browser, page: str, script: str) -> str:
        asked.append(page)
        return f"<svg>{len(asked)}</svg>"

    monkeypatch.setattr(pieces, "_run", run)
    monkeypatch.setattr(kept, "MOST", 2)
    pieces.drawings.forget()
    browser: Any = None

    def svg(page: str, width: int) -> str:
        drawing = pieces.Drawing({"layout": {}}, width, 10)
        return re.sub("<style.*?</style>", "", pieces.svg(browser, page, drawing).decode())

    assert svg("a", 1) == svg("a", 1) and len(asked) == 1
    assert svg("a", 2) != svg("a", 1) and len(asked) == 2
    svg("b", 1)  # another browser's page; the oldest, the second, goes
    assert asked == ["a", "a", "b"]
    svg("a", 1)
    assert asked == ["a", "a", "b"]
    svg("a", 2)
    assert asked == ["a", "a", "b", "a"]
    pieces.drawings.forget()


def test_a_browser_that_died_is_started_again_once(stubbed: Room) -> None:
    tries = iter((Gone(), None, Gone(), Gone()))

    def work(*_: object) -> bytes:
        fault = next(tries)
        if fault:
            raise fault
        return b"made"

    assert stubbed.make(work) == b"made"
    assert Stub.started == 2
    with pytest.raises(press.Unprintable) as refused:
        stubbed.make(work)
    assert refused.value.why == FAILED


@pytest.mark.parametrize(("fault", "why"), [(Late(), TOO_LONG), (Refused("x"), FAILED)])
def test_after_a_fault_the_next_piece_has_a_fresh_browser(
    stubbed: Room, fault: Exception, why: str
) -> None:
    def work(*_: object) -> bytes:
        raise fault

    with pytest.raises(press.Unprintable) as refused:
        stubbed.make(work)
    assert refused.value.why == why
    assert stubbed.make(lambda *_: b"next") == b"next"
    assert Stub.started == 2


def test_beyond_those_who_wait_it_is_busy(stubbed: Room) -> None:
    go_on = threading.Event()

    def slow(*_: object) -> bytes:
        go_on.wait(20)
        return b"slow"

    crowd = [threading.Thread(target=stubbed.make, args=(slow,)) for _ in range(room.WAITING + 1)]
    crowd[0].start()
    while not stubbed.browser:  # the first is in hand, so that the others fill the queue
        time.sleep(0.01)
    for one in crowd[1:]:
        one.start()
    while stubbed.waiting < room.WAITING:
        time.sleep(0.01)
    with pytest.raises(press.Unprintable) as refused:
        stubbed.make(slow)
    assert refused.value.why == BUSY
    go_on.set()
    for one in crowd:
        one.join()


def test_an_idle_browser_is_closed(stubbed: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "IDLE", 0.05)
    stubbed.make(lambda *_: b"first")  # still waits with the patience of before
    stubbed.make(lambda *_: b"second")
    assert until(lambda: stubbed.browser is None)


def test_folders_that_killed_processes_left_are_swept_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    used, hold = folders.make()
    left, young, foreign = (tmp_path / name for name in ("press-left", "press-young", "other"))
    for one in (left, young, foreign):
        (one / "Default").mkdir(parents=True)
    for one in (used, left, foreign):
        os.utime(one, (0, 0))
    folders.sweep()
    assert sorted(tmp_path.iterdir()) == sorted((used, young, foreign))
    folders.remove(used, hold)
    assert not used.exists()


def test_the_browser_gets_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "of-the-service")
    spy = tmp_path / "browser"
    spy.write_text('#!/bin/sh\nenv >"$HOME/seen"\nprintf "%s\\n" "$@" >"$HOME/given"\n')
    spy.chmod(0o755)
    process = chromium.start(str(spy), tmp_path)
    process.communicate(timeout=20)
    names = {line.partition("=")[0] for line in (tmp_path / "seen").read_text().splitlines()}
    assert "SECRET" not in names and "HOME" in names
    given = (tmp_path / "given").read_text().splitlines()
    assert "--remote-debugging-pipe" in given
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in given
    assert "--disable-web-security" not in given


@pytest.mark.parametrize("form", FORMS)
def test_a_column_is_16_cm_wide_and_as_high_as_its_chart(form: str) -> None:
    drawn = FORMS[form](FI)
    layout = screen.picture(drawn, screen.COLUMN)["layout"]
    assert layout["width"] == 605  # 16 cm of 96 pixels an inch
    margin = layout["margin"]
    on_screen = screen.figure(drawn)["layout"]["margin"]
    plot = drawn.height - on_screen["t"] - on_screen["b"]
    assert layout["height"] - margin["t"] - margin["b"] == pytest.approx(plot, abs=1)
    texts = " ".join(note["text"].replace("<br>", " ") for note in layout["annotations"])
    assert drawn.headline in texts and drawn.source in texts


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_in_a_document_leaves_titles_and_footer_to_the_text(form: str) -> None:
    drawn = FORMS[form](FI)
    layout = screen.picture(drawn, screen.IN_TEXT)["layout"]
    texts = " ".join(note["text"] for note in layout["annotations"])
    assert drawn.source not in texts and f"<b>{drawn.headline}</b>" not in texts
    assert layout["meta"] == {"title": drawn.headline, "alt": drawn.alt, "language": "fi"}


def test_letters_are_no_taller_than_the_rows_of_a_crowded_slide() -> None:
    layout = screen.picture(FORMS["options"](FI))["layout"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    values = [note for note in layout["annotations"] if re.search(r"\d %", note["text"])
              and note.get("yref", "y") == "y"]  # fmt: skip
    rows = len({note["y"] for note in layout["annotations"] if note.get("yref", "y") == "y"})
    assert rows == 33
    assert {note["font"]["size"] for note in values} <= {9.0, round(0.85 * plot / rows, 1)}


def test_a_long_address_is_broken_and_leads_where_it_says() -> None:
    address = "https://tilastot.example.fi/kyselyt?edition=2026.1&" + "school=kuopio&" * 12
    drawn = captions.linked(FORMS["bars"](FI), address)
    layout = screen.picture(drawn, screen.COLUMN)["layout"]
    footer = next(note["text"] for note in layout["annotations"] if "<a href" in note["text"])
    parts = re.findall(r'<a href="([^"]*)">([^<]*)</a>', footer)
    assert len(parts) >= 2
    assert {where.replace("&amp;", "&") for where, _ in parts} == {address}
    assert "".join(said for _, said in parts).replace("&amp;", "&") == address


def test_a_vector_picture_has_live_text_and_its_letters_twice_alike() -> None:
    if not press.is_there():
        pytest.skip("no Chromium is installed")
    drawn = FORMS["bars"](FI)
    figure = screen.picture(drawn)
    once, twice = press.svg(figure, 1280, 720), press.svg(figure, 1280, 720)
    assert once == twice
    root = ElementTree.fromstring(once)
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("lang") == "fi" and root.get("role") == "img"
    assert root.findtext(f"{name}title") == drawn.headline
    assert root.findtext(f"{name}desc") == drawn.alt
    assert "data:font/woff2;base64," in (root.findtext(f"{name}style") or "")
    said = {"".join(text.itertext()) for text in root.iter(f"{name}text")}
    assert {"200", "150", drawn.headline} <= said
    press.close()


def test_a_browser_that_is_no_browser_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "true")
    own = Room()
    with pytest.raises(press.Unprintable) as refused:
        own.make(lambda *_: b"")
    assert refused.value.why == FAILED


def test_whoever_opens_a_statement_finds_the_browser_warm(
    engine: Engine, accounts_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(press, "is_there", lambda: True)
    monkeypatch.setattr(press, "warm_up", lambda: asked.append("warm"))
    number = drawer_of(engine).make(Statement(TITLE))
    page = open_page("statements", accounts_address, {"statement": str(number)})
    assert not page.exception and asked == ["warm"]
    open_page("statements", accounts_address, {})
    assert asked == ["warm"], "the list alone does not start it"
