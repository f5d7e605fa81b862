"""Every page in every language over a small edition, and the pieces that pages share."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import astuple, replace

import pytest
from streamlit.testing.v1 import AppTest

import pages
from tests.editions_for_tests import small_edition, students_of
from ui import naming, nearest, slopes, tiles
from ui.nearest import Graduates
from ui.selection import each, foremost, of_first_survey, pick
from ui.visit import DIRECTOR, MEMBER, Visitor
from yearbook.charts.like_with_like import compare
from yearbook.editions import Cell, Group, State, Table
from yearbook.language import Language

NAMES = sorted(found.name for found in pkgutil.iter_modules(pages.__path__))


def visitor(language: Language = Language.FI, own_school: str = "") -> Visitor:
    return Visitor(language, own_school, MEMBER, "2026.1")


def open_page(name: str, language: str, query: dict[str, str] | None = None) -> AppTest:
    """Run one page as the door would, and nothing else."""

    def script(name: str, language: str) -> None:
        from importlib import import_module

        from tests.editions_for_tests import small_edition
        from ui import address
        from ui.visit import Visitor
        from yearbook.language import Language

        address.read()
        own = address.chosen("school", ["", "kuopio", "tampere", "turku"], "")
        told = Visitor(Language(language), own, "member", "2026.1")
        import_module(f"pages.{name}").show(small_edition(), told)
        address.write()

    test = AppTest.from_function(
        script, default_timeout=30, kwargs={"name": name, "language": language}
    )
    for key, value in (query or {}).items():
        test.query_params[key] = value
    return test.run()


def said(test: AppTest) -> str:
    """All html of the page."""
    return " ".join(str(element.proto.body) for element in test.get("html"))


def figures(test: AppTest) -> int:
    return len(test.get("plotly_chart"))


# --- Every page -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_shown_in_each_language(name: str, language: str) -> None:
    test = open_page(name, language)
    assert not test.exception
    module = importlib.import_module(f"pages.{name}")
    title = visitor(Language(language)).word(module.TITLE)
    assert "page-title" in said(test)
    assert title in said(test) or name in ("schools", "programmes")  # those name what they show


def test_pages_have_an_order_and_an_address_of_their_own() -> None:
    modules = [importlib.import_module(f"pages.{name}") for name in NAMES]
    assert len({module.ORDER for module in modules}) == len(modules) == 11
    paths = [module.URL_PATH for module in sorted(modules, key=lambda module: module.ORDER)]
    assert paths == [
        "yleiskuva", "koulut", "tutkinnot", "tilastot", "valmistuneet", "kyselyt", "lausunnot",
        "tietoa", "tietosuoja", "henkilotiedot", "kuvio",
    ]  # fmt: skip


def test_importing_a_page_shows_nothing() -> None:
    for name in NAMES:
        assert not AppTest.from_string(f"import pages.{name}").run().main.children


# --- Choices ----------------------------------------------------------------------------------


def test_a_choice_in_the_address_narrows_the_page() -> None:
    test = open_page("statistics", "fi", {"years": "2020-2022", "school": "turku"})
    assert test.select_slider[0].value == ("2020", "2022")
    assert "2020–2022" in said(test)
    assert test.query_params["years"] == "2020-2022"


def test_what_is_as_it_comes_does_not_stand_in_the_address() -> None:
    test = open_page("statistics", "fi", {"years": "2014-2025", "theme": "students"})
    assert "years" not in test.query_params
    assert "theme" not in test.query_params


def test_a_choice_that_does_not_exist_here_is_said() -> None:
    # Applicants per place is published for music alone here, so dance cannot be chosen.
    test = open_page("graduates", "fi", {"area": "321204"})
    assert "ei ole tässä" in said(test)
    assert "Musiikkialan perustutkinto" in said(test)


def test_an_unknown_code_in_the_address_is_passed_over() -> None:
    test = open_page("schools", "en", {"place": "<script>", "years": "1-2"})
    assert not test.exception
    assert "<script>" not in said(test)


def test_clearing_takes_the_choices_away() -> None:
    test = open_page("statistics", "fi", {"years": "2020-2022"})
    test.button(key="clear").click().run()
    assert test.select_slider[0].value == ("2014", "2025")
    assert "years" not in test.query_params


def test_a_choice_goes_from_the_widget_into_the_address_as_a_code() -> None:
    test = open_page("schools", "sv")
    test.selectbox(key="_place").select("turku").run()
    assert test.query_params["place"] == "turku"
    assert "Åbo" in said(test)


# --- Cards ------------------------------------------------------------------------------------


def test_the_table_takes_the_place_of_the_chart() -> None:
    test = open_page("statistics", "fi")
    before = figures(test)
    test.button(key="turn-time").click().run()
    assert figures(test) == before - 1
    assert not test.exception


def test_own_school_stands_beside_all() -> None:
    without = open_page("statistics", "fi")
    with_own = open_page("statistics", "fi", {"school": "turku"})
    spec = [test.get("plotly_chart")[0].proto.spec for test in (without, with_own)]
    assert "Turku" not in spec[0]
    assert "Turku" in spec[1]


# --- Surveys: quotes, who answered, the nearest that has something --------------------------------


def test_an_open_question_is_found_by_its_quotes_each_in_its_own_language() -> None:
    test = open_page("surveys", "en", {"question": "comments"})
    assert not test.exception and figures(test) == 0
    assert '<li lang="fi">”Kiitos &lt;kaikesta&gt;.”</li>' in said(test)
    assert '<li lang="sv">”Tack för allt.”</li>' in said(test)
    assert "chosen by the director" in said(test)
    assert "Kiitos" not in said(open_page("surveys", "en"))


def test_who_answered_is_told_of_the_round_and_that_it_is_not_known() -> None:
    base = open_page("surveys", "fi", {"round": "2024"})
    assert "Tampere on vastaajissa aliedustettu" in said(base)
    followup = open_page("surveys", "fi", {"survey": "followup"})
    assert "kutsuttujen määriä ei ole tiedossa" in said(followup)


def answers_of(*groups: tuple[Group, int]) -> Table:
    """The employed of each group; 0 for one that is withheld."""
    cells = (
        Cell(group, "employed", value=0.5, n=n) if n else Cell(group, "employed", State.WITHHELD)
        for group, n in groups
    )
    return Table("main_activity", tuple(cells))


def test_school_years_are_pooled_where_single_ones_have_no_course() -> None:
    asked = Graduates("base", "1703", "2019-2021")
    single = [Group(programme="1703", survey="base", cohort=c) for c in ("2019", "2020", "2021")]
    blocks = [Group(programme="1703", survey="base", block=b) for b in ("2016-2018", "2019-2021")]
    pooled = ((blocks[0], 30), (blocks[1], 30))
    few = answers_of((single[0], 12), (single[1], 0), (single[2], 0), *pooled)
    near = nearest.over_time(few, asked)
    assert near.is_pooled
    assert {cell.group for cell in nearest.course(few, near).cells} == set(blocks)
    said = nearest.said(small_edition(), visitor(), asked, near)
    assert said.startswith("Yksittäisistä lukuvuosista on liian vähän vastauksia.")
    enough = answers_of((single[0], 12), (single[1], 12), (single[2], 0), *pooled)
    assert nearest.over_time(enough, asked) == asked


def test_a_question_with_other_borders_is_shown_in_the_span_that_shares_most_years() -> None:
    """It was broken at 2019: of its spans 2017-2018 has two of the three years asked for."""
    asked = Graduates("base", "", "2017-2019")
    spans = ("2014-2016", "2017-2018", "2019-2022")
    groups = [Group("kuopio", survey="base", block=block) for block in spans]
    found = nearest.by_school(answers_of(*((group, 30) for group in groups)), asked)
    assert found.block == "2017-2018"
    asked = replace(asked, block="2011-2013")
    found = nearest.by_school(answers_of(*((group, 30) for group in groups)), asked)
    assert found.block == "2019-2022", "the newest, as none shares a year"


def test_a_programme_in_one_school_is_shown_over_all_blocks_then_with_the_others() -> None:
    asked = Graduates("base", "1703", "2019-2021")
    whole = Group("kuopio", "1703", survey="base", block="blocks")
    block = Group("kuopio", survey="base", block="2019-2021")
    found = nearest.by_school(answers_of((whole, 9), (block, 20)), asked)
    assert (found.programme, found.block) == ("1703", "blocks")
    assert "kaikki jaksot yhdessä" in nearest.said(small_edition(), visitor(), asked, found)
    found = nearest.by_school(answers_of((whole, 0), (block, 20)), asked)
    assert (found.programme, found.block) == ("", "2019-2021")


def test_a_slope_offers_whom_two_surveys_asked() -> None:
    table = small_edition().table("main_activity")
    found = slopes.moments(table, "")
    assert found[0] == "2021" and "2022" not in found, "the follow-up has not asked them yet"
    assert slopes.surveys(table, "2021", "") == ("base", "followup")


def test_a_tile_does_not_compare_over_a_break() -> None:
    edition = small_edition()
    table = edition.table("satisfaction_overall").cut("cohort").select(survey="base")
    newest = table.select(cohort=("2017", "2018", "2019"))
    broken = replace(edition, tables={**edition.tables, "satisfaction_overall": newest})
    indicator = edition.catalogue.indicators["satisfaction_overall"]
    tile = tiles.survey(broken, visitor(), indicator)
    assert tile is not None and tile.change.endswith("muutosta ei voi verrata")
    assert tile.change.startswith("n = 60 / 140 (43\u00a0%)")
    assert tile.marks[2] is None, "a gap where the question changed"


# --- Selections: which cells a chart gets -------------------------------------------------------


def test_pick_takes_whole_what_is_not_named() -> None:
    table = small_edition().table("students")
    cells = pick(table, year=("2024",), school=("", "turku")).cells
    assert {cell.group for cell in cells} == {
        Group(year="2024"),
        Group(year="2024", school="turku"),
    }


def test_each_takes_every_school_of_one_year() -> None:
    cells = each(small_edition().table("students"), "school", year=("2024",)).cells
    assert sorted(cell.group.school for cell in cells) == ["kuopio", "tampere", "turku"]


def test_two_surveys_are_never_one_series() -> None:
    edition = small_edition()
    table = edition.table("main_activity")
    assert len(table.values_of("survey")) == 2
    assert of_first_survey(edition, table).values_of("survey") == ("base",)
    assert of_first_survey(edition, table, "followup").values_of("survey") == ("followup",)


def test_the_foremost_figures_are_the_first_of_every_theme() -> None:
    edition = small_edition()
    codes = [indicator.code for indicator in foremost(edition, "annual", "", 1)]
    assert codes == ["students", "applicants_per_place"]


# --- Like with like -----------------------------------------------------------------------------


def students(schools: tuple[str, ...], year: int) -> int:
    return sum(students_of(school, "", year) for school in schools)


def test_a_change_compares_the_schools_that_are_in_both_years() -> None:
    edition = small_edition()  # Kuopio did not return 2025
    found = compare(edition, edition.catalogue.indicators["students"], ("2024", "2025"))
    assert found is not None
    assert (found.before, found.now) == (
        students(("tampere", "turku"), 2024),
        students(("tampere", "turku"), 2025),
    )
    assert (found.schools, found.out_of, found.is_everyone) == (2, 3, False)


def test_a_ratio_whose_parts_are_not_published_is_not_compared() -> None:
    edition = small_edition()
    indicator = edition.catalogue.indicators["applicants_per_place"]
    assert compare(edition, indicator, ("2023", "2024")) is None


def test_a_tile_says_the_change_in_words() -> None:
    edition = small_edition()
    tile = tiles.annual(edition, visitor(), edition.catalogue.indicators["students"])
    assert tile is not None
    assert tile.when == "2025"
    assert tile.change.endswith("(samat 2 oppilaitosta)")


# --- Names --------------------------------------------------------------------------------------


def test_own_school_is_offered_first_and_the_others_by_name() -> None:
    edition = small_edition()
    assert next(iter(naming.schools(edition, visitor(own_school="turku")))) == "turku"
    assert list(naming.schools(edition, visitor())) == ["kuopio", "tampere", "turku"]


def test_blocks_are_offered_newest_first() -> None:
    names = naming.blocks(visitor(), ("2016-2018", "2019-2021", "blocks"))
    assert list(names) == ["2019-2021", "2016-2018", "blocks"]
    assert names["2019-2021"] == "2019–2021"


def test_every_word_of_the_screen_is_said_differently_in_three_languages() -> None:
    rooms = ("pages.", "frame.", "card.", "filters.", "tiles.", "empty.")
    words = small_edition().catalogue.words
    ours = {key: text for key, text in words.items() if key.startswith(rooms)}
    assert len(ours) > 120
    for text in ours.values():  # the same places to fill in every language
        assert len({tuple(sorted(re.findall(r"{(\w+)}", said))) for said in astuple(text)}) == 1
    alike = {key for key, text in ours.items() if len({text.fi, text.sv, text.en}) < 3}
    assert alike == {"tiles.percent", "pages.about.definition", "pages.quotes.quoted"}


def test_only_the_director_is_a_director() -> None:
    assert not visitor().is_director
    assert Visitor(Language.FI, "", DIRECTOR, "").is_director
