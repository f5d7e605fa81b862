"""Links: they open the very view again, for another reader and after a newer edition."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.coming import Browser
from tests.editions_for_tests import small_edition, students_of
from tests.serving import serve
from tests.session import words
from tests.test_embedded import renamed
from tests.test_pages import figures, open_page, visitor
from tests.test_signing_in import MEMBER, ORIGIN, PASSWORD, SECRET, with_accounts
from ui import links
from yearbook import edition_files, shelf
from yearbook.catalogue import read
from yearbook.charts import View, draw
from yearbook.charts.captions import linked
from yearbook.charts.excerpt import excerpt_of
from yearbook.database import connect
from yearbook.editions import Edition, Table
from yearbook.publication.public import for_public

ADDRESS = "https://tilastot.example.fi/tilastot?indicator=students&edition=2026.1"


def page(query: dict[str, str], own: str = "") -> AppTest:
    """The statistics page of somebody whose own school is as it says, at a known address."""

    def script(own: str) -> None:
        import streamlit as st

        from pages import statistics
        from tests.editions_for_tests import small_edition
        from ui import address, links
        from ui.visit import Visitor
        from yearbook.language import Language

        address.read()
        lang = address.chosen("lang", ["fi", "sv", "en"], "fi")
        school = address.chosen("school", ["", "kuopio", "tampere", "turku"], own)
        address.chosen("role", ["member"], "member")
        told = Visitor(
            Language(lang), school, "member", "2026.1", home="https://tilastot.example.fi"
        )
        statistics.show(small_edition(), told)
        for edition in ("", "2026.1"):
            st.html(f"LINK {links.of_view(told, {'table': 'time'}, edition)} ")
        address.write()

    test = AppTest.from_function(script, default_timeout=30, kwargs={"own": own})
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def links_of(test: AppTest) -> tuple[dict[str, str], dict[str, str]]:
    """What the link that follows says, and what the frozen one says."""
    bodies = [str(element.proto.body) for element in test.get("html")]
    found = [match[1] for body in bodies if (match := re.match(r"LINK (\S+)", body))]
    live, frozen = (dict(parse_qsl(urlsplit(one).query)) for one in found)
    return live, frozen


# --- What a link says -------------------------------------------------------------------------


def test_a_frozen_link_says_all_that_makes_the_view_and_a_following_one_what_was_chosen() -> None:
    live, frozen = links_of(page({"years": "2020-2022", "lang": "sv"}))
    assert live == {"lang": "sv", "years": "2020-2022", "table": "time"}
    assert frozen["edition"] == "2026.1"
    assert frozen["years"] == "2020-2022"
    assert frozen["indicator"] and frozen["theme"], "also what came by itself"
    assert "role" not in frozen


def test_a_link_that_names_the_figure_alone_leads_to_a_link_that_names_it_again() -> None:
    """The figure is the first of its theme, which is not the first theme."""
    live, _ = links_of(page({"indicator": "applicants_per_place"}))
    again, frozen = links_of(page(live))
    assert live == again
    assert frozen["indicator"] == "applicants_per_place"


def test_the_newest_year_stays_the_newest_in_a_following_link_alone() -> None:
    live, frozen = links_of(page({}))
    assert "years" not in live
    assert frozen["years"] == "2014-2025"


def test_another_reader_sees_the_school_that_the_link_was_made_with() -> None:
    """It came from the account of the first, and the second's account names another."""
    live, frozen = links_of(page({}, own="kuopio"))
    assert live["school"] == frozen["school"] == "kuopio"
    assert links_of(page(frozen, own="turku"))[1] == frozen


def test_a_card_opens_as_a_table_where_the_link_says_so_and_turns_back() -> None:
    plain = open_page("statistics", "fi")
    asked = open_page("statistics", "fi", {"table": "time"})
    assert figures(asked) == figures(plain) - 1
    assert "table" not in asked.query_params
    asked.button(key="turn-time").click().run()
    assert figures(asked) == figures(plain)


# --- What a file says -------------------------------------------------------------------------


def test_the_link_stands_after_the_number_of_answers_and_before_the_date() -> None:
    edition = small_edition()
    table = edition.table("main_activity").select(survey="base", school="", block="2022-2024")
    chart = draw(edition, table.select(programme=""), View())
    told = linked(chart, ADDRESS)
    assert told.link == ADDRESS
    assert told.footer.index(ADDRESS) == told.footer.index(chart.response) + 1
    assert told.footer[-2].startswith("Julkaistu ")
    assert [line for line in told.footer if line != ADDRESS] == list(chart.footer)
    assert linked(told, ADDRESS) == told, "it stands there once"
    assert linked(chart, "") == chart


# --- The code for another site ----------------------------------------------------------------


def for_everyone() -> Edition:
    whole = small_edition()
    indicators = {
        code: {**entry, "audience": "public" if code == "students" else "members"}
        for code, entry in whole.content["indicators"].items()
    }
    content = {**whole.content, "indicators": indicators, "disclosure": read()["disclosure"]}
    return for_public(edition_files.seal(replace(whole, content=content)))


@pytest.mark.parametrize(
    ("indicator", "chosen", "offered"),
    [
        ("students", {"school": "", "programme": ""}, True),
        ("students", {"school": "kuopio", "programme": ""}, False),
        ("applicants_per_place", {"school": "", "programme": ""}, False),
    ],
)
def test_the_code_is_offered_where_everyone_sees_the_same_cells(
    indicator: str, chosen: dict[str, str], offered: bool
) -> None:
    edition = small_edition()
    table = edition.table(indicator).select(region="", maintainer_kind="", **chosen)
    excerpt = excerpt_of(edition, table, View())
    told = replace(visitor(), public=for_everyone, home="https://tilastot.example.fi")
    assert links.is_for_everyone(excerpt, told) is offered
    assert links.is_for_everyone(excerpt, visitor()) is False, "this server shows nobody anything"
    assert links.is_for_everyone(replace(excerpt, groups=()), told) is False


def test_the_code_is_one_element_with_a_name_and_nothing_escapes_from_it() -> None:
    edition = small_edition()
    table = Table("students", edition.table("students").cut("year").cells)
    chart = replace(draw(edition, table, View()), headline='Uusi "otsikko" <script>')
    told = replace(visitor(), home="https://tilastot.example.fi")
    code = links.to_embed(chart, excerpt_of(edition, table, View()), told)
    assert code.startswith('<iframe src="https://tilastot.example.fi/upotus/')
    assert 'title="Uusi &quot;otsikko&quot; &lt;script&gt;"' in code
    assert code.count("<") == 2
    assert "?lang=fi" in code


# --- Through the door -------------------------------------------------------------------------


def test_the_reader_of_a_document_comes_back_to_the_very_numbers(own_empty_shelf: Path) -> None:
    """By the link, the page for signing in and the address it leads to; a newer edition is there,
    in which everything is seven times as much."""
    engine = connect(f"sqlite:///{own_empty_shelf}/shelf.sqlite")
    first = edition_files.seal(small_edition())
    for edition in (first, renamed(first, "2026.2", 7.0)):
        shelf.put(engine, edition)
    people = with_accounts(own_empty_shelf)
    query = "lang=en&school=kuopio&theme=students&indicator=students&years=2014-2025"
    link = f"/tilastot?{query}&table=time&edition=2026.1"
    with serve(own_empty_shelf, {"ADDRESS": ORIGIN, "SECRET": SECRET}) as server:
        reader = Browser(server)
        asked = reader.get(link)
        assert asked.status == 303
        on = dict(parse_qsl(urlsplit(asked.leads_to).query))["next"]
        signed_in = reader.sign_in(MEMBER.login, PASSWORD, on)
        assert (signed_in.status, signed_in.leads_to) == (303, link)
        with reader.open() as page:
            seen = words(page.open_page("tilastot", urlsplit(signed_in.leads_to).query))
        with reader.open() as page:
            newest = words(page.open_page("tilastot", query))
    assert "You are looking at edition 2026.1. The newest edition is 2026.2." in seen
    assert "You are looking at edition" not in newest
    was = sum(students_of(school, "", 2014) for school in ("kuopio", "tampere", "turku"))
    assert (
        f'"{was}"' in seen.replace("\\", "") and f"{7 * was // 1000},{7 * was % 1000}" not in seen
    )
    people.dispose()
    engine.dispose()


def test_who_sees_less_before_signing_in_is_led_to_what_the_link_named() -> None:
    """A visitor of the public's edition, whose page has none of the schools of the link."""

    def script() -> None:
        import streamlit as st

        from ui import address, links
        from ui.visit import Visitor
        from yearbook.language import Language

        address.read()
        address.chosen("school", [""], "")
        address.chosen("edition", ["2026.1"], "2026.1")
        st.html(links.to_sign_in(Visitor(Language.SV, "", "visitor", "2026.1")))
        address.write()

    test = AppTest.from_function(script, default_timeout=30)
    for name, value in {"school": "kuopio", "edition": "2026.2", "role": "director"}.items():
        test.query_params[name] = value
    led = dict(parse_qsl(urlsplit(str(test.run().get("html")[0].proto.body)).query))
    assert led["lang"] == "sv"
    assert dict(parse_qsl(urlsplit(led["next"]).query)) == {
        "school": "kuopio", "edition": "2026.2", "lang": "sv",
    }  # fmt: skip
