"""What takes whole documents and many looks at the page of statements: taking, bringing up to date,
the director's own paper, and that every deed asks the session again."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document

from tests.access_for_tests import (
    KUOPIO,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
    with_password,
)
from tests.databases import new_address  # noqa: F401
from tests.editions_for_tests import small_edition
from tests.statements_for_tests import (
    TITLE,
    as_file,
    chart,
    drawer_of,
    open_only,
    open_page,
    said,
)
from ui.statements import drawing, letterhead, taking
from ui.statements.acting import Hand
from ui.statements.drawer import Drawer, SignedOut
from ui.visit import DIRECTOR, Visitor
from yearbook.database import Engine
from yearbook.editions import Group
from yearbook.language import Language, Text
from yearbook.statements import Statement


def test_every_deed_asks_the_session_again(engine: Engine, accounts_address: str) -> None:
    drawer_of(engine).make(Statement(title=TITLE))
    ended = Drawer(engine, None, lambda: False)
    sheet = drawer_of(engine).open(1)
    deeds: list[Callable[[], object]] = [
        ended.all,
        ended.letterhead,
        ended.remove_letterhead,
        lambda: ended.open(1),
        lambda: ended.make(Statement()),
        lambda: ended.save(sheet, Statement()),
        lambda: ended.add_in_hand(chart(), Statement()),
        lambda: ended.duplicate(1, ""),
        lambda: ended.delete(1),
        lambda: ended.take_in_hand(1),
        lambda: ended.keep_letterhead("a", b""),
    ]
    for deed in deeds:
        with pytest.raises(SignedOut):
            deed()
    test = open_page("statements", accounts_address, {"statement": "1"}, still=False)
    assert "Istuntosi on päättynyt" in said(test) and not test.text_area
    card = open_page("statistics", accounts_address, {}, still=False)
    card.button(key="clip-time").click().run()
    assert not card.exception and "Istuntosi on päättynyt" in said(card)
    assert drawer_of(engine).open(1) == sheet


def test_the_document_is_made_with_the_drawers_words_in_each_language(engine: Engine) -> None:
    noted: list[tuple[str, str]] = []
    drawer = drawer_of(engine, with_password(engine, KUOPIO).number)
    number = drawer.make(Statement(title=TITLE, recipient="OKM", figures=(chart(),)))
    visitor = Visitor(
        Language.FI,
        "",
        DIRECTOR,
        "2026.1",
        note=lambda action, what: noted.append((action, what)),
        drawer=drawer,
        open_edition=open_only(small_edition()),
    )
    hand = Hand(drawer, visitor, drawer.open(number))
    for language in Language:
        content = taking.made(hand, language, "docx", taking.write_docx)
        words = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
        caption = drawing.lay_out(hand.statement, visitor, language).figures[0].caption
        assert TITLE in words and caption in words and "OKM" in words
    assert noted == [("export", f"{name}-{number}.docx")
                     for name in ("lausunto", "utlatande", "statement")]  # fmt: skip


def test_a_newer_edition_shows_old_and_new_numbers_before_it_is_taken_over(
    engine: Engine, accounts_address: str
) -> None:
    value = next(
        cell.value
        for cell in small_edition().table("students").cells
        if cell.group == Group("kuopio", year="2024")
    )
    assert value is not None
    own = replace(chart(), text=Text(f"Kuopiossa oli {value:.0f} opiskelijaa.", "", ""))
    drawer_of(engine).make(Statement(figures=(own,)))
    query = {"statement": "1"}
    assert "muuttaa" not in said(open_page("statements", accounts_address, query))
    test = open_page("statements", accounts_address, query, edition="newer")
    assert "Julkaisu 2026.2 muuttaa yhden luvun." in said(test)
    assert f">{value:.0f}</td>" in said(test) and f">{value + 7:.0f}</td>" in said(test)
    assert "vanha luku on myös omassa tekstissäsi" in said(test)
    (before,) = drawer_of(engine).open(1).statement.figures
    assert before.excerpt.edition == "2026.1", "frozen until she takes the newer one"
    test.button(key="statement-update").click().run()
    (figure,) = drawer_of(engine).open(1).statement.figures
    assert (figure.excerpt.edition, figure.text) == ("2026.2", own.text)
    assert not test.exception and "Kuviot ovat nyt julkaisusta 2026.2." in said(test)
    assert "muuttaa" not in said(test)


def test_a_document_of_her_own_is_checked_and_written_into(engine: Engine) -> None:
    paper = Document()
    paper.sections[0].header.paragraphs[0].text = "Liiton oma ylätunniste"
    drawer = drawer_of(engine)
    visitor = Visitor(Language.FI, "", DIRECTOR, "2026.1", open_edition=open_only(small_edition()))
    letterhead.take("rikki.docx", b"PK nonsense", drawer, visitor)
    assert drawer.letterhead() is None
    letterhead.take("pohja.docx", as_file(paper), drawer, visitor)
    kept = drawer.letterhead()
    assert kept is not None and kept.name == "pohja.docx"
    hand = Hand(drawer, visitor, drawer.open(drawer.make(Statement(title=TITLE))))
    written = Document(io.BytesIO(taking.made(hand, Language.SV, "docx", taking.write_docx)))
    assert written.sections[0].header.paragraphs[0].text == "Liiton oma ylätunniste"
    assert TITLE in [paragraph.text for paragraph in written.paragraphs]


def test_only_the_director_brings_a_document_in(engine: Engine, accounts_address: str) -> None:
    drawer_of(engine).make(Statement())
    member = open_page("statements", accounts_address, {"statement": "1"})
    assert not member.get("file_uploader")
    director = open_page("statements", accounts_address, {"statement": "1", "as": DIRECTOR})
    assert len(director.get("file_uploader")) == 1 and not director.exception
