"""The desk page of open answers: who sees it, what it shows of an answer, how a quote is made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from desk.quoting.marking import marked
from desk.quoting.released import state_of
from desk.using import catalogue_in_use
from office import quoting
from office.open_answers import words_of
from office.quoting import CHECKS, Proposal
from tests.databases import new_address  # noqa: F401
from tests.test_open_answers import QUESTION, keep, open_office  # noqa: F401
from ui.visit import DIRECTOR, MEMBER
from yearbook.archive import Released
from yearbook.editions import Quote

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_catalogue() -> None:
    catalogue_in_use.clear()


def open_page(role: str) -> AppTest:
    def script(role: str) -> None:
        from desk import answers
        from ui.visit import Visitor
        from yearbook.language import Language

        answers.show(Visitor(Language.EN, "", role, ""))

    return AppTest.from_function(script, default_timeout=60, kwargs={"role": role}).run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def test_nobody_but_the_director_reads_open_answers(open_office: Path) -> None:  # noqa: F811
    keep(["Secret words"] * 10)
    test = open_page(MEMBER)
    assert "Only the director may do this" in said(test)
    assert "Secret" not in said(test)
    assert not test.selectbox


def test_the_director_finds_an_answer_and_makes_a_quote_of_it(open_office: Path) -> None:  # noqa: F811
    keep([f"Text number {n:02d}, write to a@b.fi" for n in range(21)] + ["<b>Äänekäs</b>"])
    test = open_page(DIRECTOR)
    assert not test.exception
    assert "22 answers · 1–20 of 22 different texts" in said(test)
    assert "Graduate survey 2023" in said(test)
    assert "uopio" not in said(test)  # they all graduated in Kuopio
    assert not test.query_params
    test.button("answers-next").click().run()
    assert "21–22 of 22" in said(test)
    test.text_input("answers-words").set_value("AANEKAS").run()
    assert "1 answer<" in said(test)
    assert "&lt;b&gt;<mark>Äänekäs</mark>&lt;/b&gt;" in said(test)
    test.text_input("answers-words").set_value("07").run()
    test.button("pick-0").click().run()
    assert test.text_area[0].value == "Text number 07, write to […]"
    assert "Struck out already: a@b.fi" in said(test)
    assert test.button("quote-release").disabled


def test_few_writers_are_read_but_not_quoted(open_office: Path) -> None:  # noqa: F811
    keep(["One", "Two"])
    test = open_page(DIRECTOR)
    assert "It can be quoted from 10 upwards" in said(test)
    assert not [button for button in test.button if button.key.startswith("pick-")]


def test_quotes_are_listed_with_where_they_stand(open_office: Path) -> None:  # noqa: F811
    keep(["One"] * 10)
    quoting.release(Proposal(QUESTION, "<i>One", "en", frozenset(CHECKS)), "Ansa")
    test = open_page(DIRECTOR)
    test.segmented_control("answers-part").set_value("quotes").run()
    assert "“&lt;i&gt;One”" in said(test)
    assert "Comes in the next edition" in said(test)
    assert "How should the education be developed? · EN · Ansa · 2" in said(test)


def test_a_quote_stands_where_editions_and_writers_put_it() -> None:
    one = Released(1, QUESTION, "One", "en", "Ansa", NOW)
    gone = Released(2, QUESTION, "One", "en", "Ansa", NOW, "Bo", NOW)
    shown = frozenset({(QUESTION, Quote("One", "en"))})
    assert state_of(one, frozenset(), {QUESTION}) == "waiting"
    assert state_of(one, shown, {QUESTION}) == "shown"
    assert state_of(one, shown, set()) == "few"
    assert state_of(gone, shown, {QUESTION}) == "leaving"
    assert state_of(gone, frozenset(), {QUESTION}) == "gone"


def test_words_are_marked_where_they_stand() -> None:
    assert marked("Ääni & ÄÄNI", words_of("ääni")) == "<mark>Ääni</mark> &amp; <mark>ÄÄNI</mark>"
    assert marked("<script>", ()) == "&lt;script&gt;"
    assert marked("abab", words_of("ab a")) == "<mark>ab</mark><mark>ab</mark>"
