"""Statements on the screen: one click beside a chart, what is written is kept, two windows lose
nothing, nobody reads another's, and the document says what the page says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape

import pytest
from docx import Document
from docx.document import Document as Paper
from streamlit.testing.v1 import AppTest

from access import accounts, statements
from tests.access_for_tests import (
    ANSA,
    KUOPIO,
    NOON,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
    with_password,
)
from tests.databases import new_address  # noqa: F401
from tests.editions_for_tests import AREA, small_edition
from ui.statements import drawing, letterhead, listing, taking
from ui.statements.acting import Hand
from ui.statements.drawer import Drawer, Full, NoStatement, SignedOut, Stale
from ui.statements.merging import merged
from ui.statements.moments import read_day
from ui.visit import DIRECTOR, MEMBER, Visitor
from yearbook.charts.excerpt import excerpt_of
from yearbook.charts.view import View
from yearbook.database import Engine
from yearbook.editions import Edition, Group, Table
from yearbook.language import Language, Text
from yearbook.statements import Figure, Signatory, Statement

TITLE = "Lausunto *musiikkialan* koulutuksesta"


def open_page(
    name: str, database: str, query: dict[str, str], still: bool = True, edition: str = "small"
) -> AppTest:
    """One page as the door would show it in the demonstration."""

    def script(name: str, database: str, still: bool, edition: str) -> None:
        from importlib import import_module

        from tests import editions_for_tests
        from tests.test_statement_page import newer_edition
        from ui import address
        from ui.statements.drawer import Drawer
        from ui.visit import Visitor
        from yearbook.database import connect
        from yearbook.language import Language

        address.read()
        own = address.chosen("school", ["", "kuopio", "tampere", "turku"], "")
        drawer = Drawer(connect(database), None, lambda: still) if database else None
        is_newer = edition == "newer"
        shown = getattr(editions_for_tests, f"{'small' if is_newer else edition}_edition")()
        now = newer_edition() if is_newer else shown
        known = {"": now, "2026.1": shown, now.name: now}
        language = Language(address.wanted("lang") or "fi")
        role = address.wanted("as") or "member"
        told = Visitor(language, own, role, "2026.1", drawer=drawer, open_edition=known.get)
        import_module(f"pages.{name}").show(shown, told)
        address.write()

    kwargs = {"name": name, "database": database, "still": still, "edition": edition}
    test = AppTest.from_function(script, default_timeout=60, kwargs=kwargs)
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def drawer_of(engine: Engine, owner: int | None = None) -> Drawer:
    return Drawer(engine, owner, lambda: True)


def chart(indicator: str = "students", **view: str) -> Figure:
    """Of Kuopio and of all schools over time."""
    edition = small_edition()
    table = edition.table(indicator).select(school=("", "kuopio"), programme="")
    return Figure(
        excerpt_of(edition, table, View(Language.FI, own_school="kuopio", **view), "lines")
    )


def open_only(edition: Edition) -> Callable[[str], Edition | None]:
    return {"": edition, edition.name: edition}.get


def newer_edition() -> Edition:
    """In which Kuopio had seven students more in 2024."""
    edition = small_edition()
    table = edition.table("students")
    corrected = Group("kuopio", year="2024")
    cells = (
        replace(cell, value=cell.value + 7) if cell.group == corrected and cell.value else cell
        for cell in table.cells
    )
    tables = {**edition.tables, "students": Table("students", tuple(cells))}
    return replace(edition, name="2026.2", tables=tables)


def as_file(document: Paper) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- From the chart --------------------------------------------------------------------------


def test_one_click_adds_the_very_view_to_the_statement_in_hand(
    engine: Engine, accounts_address: str
) -> None:
    test = open_page("statistics", accounts_address, {"school": "kuopio", "years": "2020-2024"})
    test.button(key="clip-time").click().run()
    assert not test.exception and "Lisätty." in said(test)
    drawer = drawer_of(engine)
    (kept,) = drawer.all()
    (figure,) = drawer.open(kept.number).statement.figures
    excerpt = figure.excerpt
    assert (excerpt.indicator, excerpt.edition, excerpt.form) == ("students", "2026.1", "lines")
    assert {group.year for group in excerpt.groups} == {str(y) for y in range(2020, 2025)}
    assert (excerpt.own_school, figure.as_table) == ("kuopio", False)
    content = statements.open(engine, None, kept.number).content
    for cell in small_edition().table("students").cells:
        assert cell.value is None or f'{cell.value:g}"' not in content
    test.button(key="clip-time").click().run()
    assert "On jo lausunnossa." in said(test)
    test.button(key="turn-time").click().run()  # the table in the place of the chart is another
    test.button(key="clip-time").click().run()
    figures = drawer.open(kept.number).statement.figures
    assert [one.as_table for one in figures] == [False, True]


def test_the_pooled_view_is_added_as_it_is_shown(engine: Engine, accounts_address: str) -> None:
    test = open_page("graduates", accounts_address, {"area": AREA}, edition="protected")
    test.button(key="pool-cohorts").click().run()
    test.button(key="clip-cohorts").click().run()
    (figure,) = drawer_of(engine).open(1).statement.figures
    assert {group.cohort for group in figure.excerpt.groups} == {""}
    assert "2013-2015" in {group.block for group in figure.excerpt.groups}


def test_who_is_not_signed_in_sees_nothing_of_it() -> None:
    test = open_page("statistics", "", {})
    assert not [button for button in test.button if button.key.startswith("clip-")]
    page = open_page("statements", "", {"statement": "1"})
    assert not page.exception and not page.button
    assert "kun on kirjautunut sisään" in said(page)


# --- The list --------------------------------------------------------------------------------


def test_the_empty_list_says_what_to_do_and_begins_one(
    engine: Engine, accounts_address: str
) -> None:
    test = open_page("statements", accounts_address, {})
    assert "Sinulla ei ole vielä lausuntoja" in said(test)
    test.button(key="statement-new").click().run()
    assert test.query_params["statement"] in ("1", ["1"])
    assert "Nimetön lausunto" in said(test)
    assert drawer_of(engine).open(1).statement.date == date.today().isoformat()


def test_a_statement_is_copied_and_deleted_after_a_question(
    engine: Engine, accounts_address: str
) -> None:
    drawer = drawer_of(engine)
    number = drawer.make(Statement(title=TITLE, figures=(chart(),)))
    test = open_page("statements", accounts_address, {})
    test.button(key=f"statement-duplicate-{number}").click().run()
    copy = drawer.open(number + 1).statement
    assert (copy.title, len(copy.figures)) == (f"{TITLE} (kopio)", 1)
    test.button(key="statement-all").click().run()
    test.button(key=f"statement-delete-{number}").click().run()
    assert len(drawer.all()) == 2, "it is asked first"
    assert test.button(key="confirm").label == "Poista"
    visitor = Visitor(Language.FI, "", MEMBER, "2026.1", drawer=drawer)
    (kept,) = (one for one in drawer.all() if one.number == number)
    assert listing._delete(drawer, kept, visitor) == f"”{TITLE}” on poistettu."
    assert [one.number for one in drawer.all()] == [number + 1]


def test_another_ones_statement_is_not_found(engine: Engine, accounts_address: str) -> None:
    owner = accounts.invite(engine, ANSA, "manage.py", NOON).account.number
    number = drawer_of(engine, owner).make(Statement(title=TITLE, opening="Salaisuus"))
    test = open_page("statements", accounts_address, {"statement": str(number)})
    assert "Lausuntoa ei löytynyt" in said(test)
    assert "Salaisuus" not in str([area.value for area in test.text_area]) + said(test)


# --- Writing -----------------------------------------------------------------------------------


def test_what_is_written_is_saved_at_once(engine: Engine, accounts_address: str) -> None:
    drawer = drawer_of(engine)
    drawer.make(Statement(figures=(chart(), chart("applicants_per_place"))))
    test = open_page("statements", accounts_address, {"statement": "1"})
    assert not test.exception
    key = "statement-1-{}".format
    test.text_input(key=key("title")).input(TITLE)
    test.text_area(key=key("opening")).input("Kiitämme.\n\nToinen kappale.")
    test.text_input(key=key("date")).input("1.12.2026")
    test.text_input(key=key("signatory-0-name")).input("Ansa Virtanen")
    test.text_area(key=key("1-text")).input("Omat sanani.").run()
    found = drawer.open(1).statement
    assert (found.title, found.date) == (TITLE, "2026-12-01")
    assert found.opening == "Kiitämme.\n\nToinen kappale."
    assert found.signatories == (Signatory("Ansa Virtanen"),)
    assert found.figures[0].text == Text("Omat sanani.", "", "")
    assert found.figures[1].text is None, "the draft stays a draft"
    assert "Tallennettu" in said(test)
    test.button(key="statement-draft-1").click().run()
    test.text_area(key=key("2-text")).input("").run()
    test.text_area(key=key("2-alt")).input("Hakijoita on paljon.").run()
    first, second = drawer.open(1).statement.figures
    assert first.text is None and second.text == Text("", "", "")
    assert second.alt == Text("Hakijoita on paljon.", "", "")
    test.text_input(key=key("date")).input("pian").run()
    assert drawer.open(1).statement.date == "2026-12-01"
    assert "Päiväystä ”pian” ei ymmärretty" in said(test)


def test_figures_change_places_are_removed_and_brought_back(
    engine: Engine, accounts_address: str
) -> None:
    drawer = drawer_of(engine)
    own = replace(chart(), text=Text("Omat sanani.", "", ""))
    drawer.make(Statement(figures=(own, chart("applicants_per_place"))))

    def order() -> list[str]:
        return [one.excerpt.indicator for one in drawer.open(1).statement.figures]

    test = open_page("statements", accounts_address, {"statement": "1"})
    test.button(key="statement-down-1").click().run()
    assert order() == ["applicants_per_place", "students"]
    assert test.text_area(key="statement-1-2-text").value == "Omat sanani."
    test.button(key="statement-remove-2").click().run()
    assert order() == ["applicants_per_place"]
    test.button(key="statement-undo").click().run()
    assert order() == ["applicants_per_place", "students"]
    assert drawer.open(1).statement.figures[1] == own
    test.checkbox(key="statement-1-1-as-table").check().run()
    assert drawer.open(1).statement.figures[0].as_table and not test.exception


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_preview_is_the_document_in_the_language_asked_for(
    engine: Engine, accounts_address: str, language: str
) -> None:
    drawer_of(engine).make(Statement(title=TITLE, opening="<b>Hyvä</b>", figures=(chart(),)))
    test = open_page("statements", accounts_address, {"statement": "1", "lang": "fi"})
    test.segmented_control(key="statement-1-part").set_value("preview")
    test.segmented_control(key="statement-1-out").set_value(language).run()
    assert not test.exception
    layout = drawing.lay_out(
        Statement(title=TITLE, opening="<b>Hyvä</b>", figures=(chart(),)),
        Visitor(Language.FI, "", MEMBER, "2026.1", open_edition=open_only(small_edition())),
        Language(language),
    )
    for words in (layout.figures[0].caption, layout.foreign):
        assert escape(words) in said(test)
    assert "&lt;b&gt;Hyvä" in said(test) and "Oma tekstisi pysyy" in said(test)


# --- Two windows, and a session that ends ----------------------------------------------------


def test_two_windows_that_change_different_places_lose_nothing(
    engine: Engine, accounts_address: str
) -> None:
    drawer = drawer_of(engine)
    drawer.make(Statement(figures=(chart(),)))
    test = open_page("statements", accounts_address, {"statement": "1"})
    drawer.add_in_hand(chart("applicants_per_place"), Statement())  # a click beside a chart
    test.text_area(key="statement-1-1-text").input("Omat sanani.").run()
    first, second = drawer.open(1).statement.figures
    assert first.text == Text("Omat sanani.", "", "")
    assert second.excerpt.indicator == "applicants_per_place"


def test_two_windows_that_change_the_same_place_are_both_kept(
    engine: Engine, accounts_address: str
) -> None:
    drawer = drawer_of(engine)
    drawer.make(Statement(title="Lausunto"))
    test = open_page("statements", accounts_address, {"statement": "1"})
    other = drawer.open(1)
    drawer.save(other, replace(other.statement, opening="Toisen sanat."))
    test.text_area(key="statement-1-opening").input("Omat sanani.").run()
    assert "Samaa kohtaa on muutettu toisessa ikkunassa" in said(test)
    assert "Viimeistä muutostasi ei ole tallennettu." in said(test)
    assert test.text_area(key="statement-1-opening").value == "Omat sanani."
    assert drawer.open(1).statement.opening == "Toisen sanat."
    test.button(key="statement-keep-mine").click().run()
    assert drawer.open(1).statement.opening == "Toisen sanat."
    assert drawer.open(2).statement.opening == "Omat sanani."
    assert test.text_area(key="statement-2-opening").value == "Omat sanani."


def test_reloading_takes_what_the_other_window_wrote(engine: Engine, accounts_address: str) -> None:
    drawer = drawer_of(engine)
    drawer.make(Statement(title="Lausunto"))
    test = open_page("statements", accounts_address, {"statement": "1"})
    other = drawer.open(1)
    drawer.save(other, replace(other.statement, opening="Toisen sanat."))
    test.text_area(key="statement-1-opening").input("Omat sanani.").run()
    test.button(key="statement-reload").click().run()
    assert test.text_area(key="statement-1-opening").value == "Toisen sanat."
    test.text_area(key="statement-1-opening").input("Yhteiset sanat.").run()
    assert drawer.open(1).statement.opening == "Yhteiset sanat."


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


def test_changes_are_joined_where_they_are_of_different_places() -> None:
    before = Statement(title="1", figures=(chart(),))
    mine = replace(before, title="2")
    assert merged(before, mine, replace(before, place="Lahti")) == replace(mine, place="Lahti")
    assert merged(before, mine, mine) == mine
    assert merged(before, mine, replace(before, title="3")) is None
    moved = replace(before, figures=())
    assert merged(before, replace(before, figures=(chart("students", option="x"),)), moved) is None


def test_a_full_statement_and_a_strange_one_are_refused(engine: Engine) -> None:
    drawer = drawer_of(engine)
    number = drawer.make(Statement(figures=(chart(),) * 60))
    with pytest.raises(Full):
        drawer.add_in_hand(chart("applicants_per_place"), Statement())
    sheet = drawer.open(number)
    stale = replace(sheet, kept=replace(sheet.kept, version=7), statement=Statement(title="x"))
    with pytest.raises(Stale):
        drawer.save(stale, Statement(title="y"))
    newer = statements.make(engine, None, "", '{"format": 99}')
    with pytest.raises(NoStatement):
        drawer.open(newer)


# --- Whose eyes -------------------------------------------------------------------------------


def test_another_schools_own_figures_show_nothing() -> None:
    """Her account was Kuopio's and is Lahti's now: the excerpt stays, the cells do not."""
    edition = small_edition()
    own = replace(chart().excerpt, audience="kuopio")
    statement = Statement(figures=(Figure(own), chart()))

    def laid(audience: str) -> list[bool]:
        seen = replace(edition, audience=audience)
        visitor = Visitor(Language.FI, "", MEMBER, "", open_edition=open_only(seen))
        return [one.chart is not None for one in drawing.lay_out(statement, visitor).figures]

    assert laid("kuopio") == [True, True]
    assert laid("lahti") == laid("members") == [False, True]


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


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("22.11.2026", date(2026, 11, 22)),
        (" 1. 2. 2026 ", date(2026, 2, 1)),
        ("2026-11-22", date(2026, 11, 22)),
        ("31.2.2026", None),
        ("pian", None),
    ],
)
def test_a_day_is_read_as_it_is_written(written: str, day: date | None) -> None:
    assert read_day(written) == day
