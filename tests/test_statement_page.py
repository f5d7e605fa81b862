"""Statements on the screen: one click beside a chart, what is written is kept, two windows lose
nothing, nobody reads another's, and the document says what the page says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape

import pytest

from access import accounts, statements
from tests.access_for_tests import (
    ANSA,
    NOON,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
)
from tests.databases import new_address  # noqa: F401
from tests.editions_for_tests import AREA, small_edition
from tests.statements_for_tests import (
    TITLE,
    chart,
    drawer_of,
    open_only,
    open_page,
    said,
)
from ui.statements import drawing, listing
from ui.statements.drawer import Full, NoStatement, Stale
from ui.statements.merging import merged
from ui.statements.moments import read_day
from ui.visit import MEMBER, Visitor
from yearbook.charts.excerpt import write
from yearbook.database import Engine
from yearbook.language import Language, Text
from yearbook.statements import Figure, Signatory, Statement

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
    test.text_area(key=key("2-alt")).input("  \n ").run()
    assert drawer.open(1).statement.figures[1].alt is None, "never none: the draft stands again"
    assert test.text_area(key=key("2-alt")).value.startswith("Viivakaavio")
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
    drawn = layout.figures[0].chart
    assert drawn is not None and escape(drawn.subtitle) in said(test)
    assert "&lt;b&gt;Hyvä" in said(test) and "Oma tekstisi pysyy" in said(test)


def test_a_newer_edition_is_taken_over_when_she_says_so(
    engine: Engine, accounts_address: str
) -> None:
    drawer = drawer_of(engine)
    drawer.make(Statement(figures=(chart(),)))
    test = open_page("statements", accounts_address, {"statement": "1"}, edition="newer")
    assert "Julkaisu 2026.2 muuttaa yhden luvun." in said(test)
    assert ">130</td>" in said(test) and ">137</td>" in said(test)
    assert drawer.open(1).statement.editions == ("2026.1",), "the old ones stay until then"
    test.button(key="statement-update").click().run()
    assert drawer.open(1).statement.editions == ("2026.2",) and not test.exception
    assert "Kuviot ovat nyt julkaisusta 2026.2." in said(test)


def test_figures_of_an_edition_that_was_taken_back_are_made_from_the_one_that_holds(
    engine: Engine, accounts_address: str
) -> None:
    drawer, figure = drawer_of(engine), chart()
    taken_back = replace(figure, excerpt=replace(figure.excerpt, edition="2026.9"))
    of_another = replace(taken_back, excerpt=replace(taken_back.excerpt, audience="turku"))
    drawer.make(Statement(figures=(taken_back, of_another)))
    test = open_page("statements", accounts_address, {"statement": "1"})
    assert "Julkaisu 2026.9 ei ole enää nähtävillä" in said(test)
    test.button(key="statement-move").click().run()
    assert drawer.open(1).statement.figures == (figure, of_another) and not test.exception


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


def test_the_page_of_a_documents_figure_shows_it_or_says_why_not() -> None:
    excerpt, missing = chart().excerpt, "Kuviota ei voi näyttää."
    shown = said(open_page("figure", "", {"kuvio": write(excerpt)}))
    assert "Samat luvut kuin asiakirjassa" in shown and missing not in shown
    whole = write(excerpt)
    refused = [
        "", "x", whole[:40],
        write(replace(excerpt, edition="2019.1")),
        write(replace(excerpt, audience="turku")),
        write(replace(excerpt, form="slope")),
        write(replace(excerpt, form="no such form")),
        write(replace(excerpt, groups=())),
    ]  # fmt: skip
    for code in refused:
        page = open_page("figure", "", {"kuvio": code})
        assert not page.exception and missing in said(page), code
        assert "Samat luvut" not in said(page)


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
