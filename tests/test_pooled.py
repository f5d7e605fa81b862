"""Under a chart with withheld parts the pages offer the pooled view that is shown, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.editions_for_tests import (
    AREA,
    BLOCKS,
    COHORTS,
    NEWEST,
    protected_edition,
    small_edition,
    withheld,
)
from ui import naming
from ui.pooled import Offer, offer
from ui.selection import each, pick
from ui.visit import MEMBER, Visitor
from yearbook.editions import ALL_BLOCKS, Edition, Group, Table
from yearbook.language import Language

ACTIVITY = "main_activity"


def table(edition: Edition | None = None, code: str = ACTIVITY) -> Table:
    return (edition or protected_edition()).table(code).select(survey="base")


def offered(cells: Table, edition: Edition | None = None, option: str = "") -> Offer | None:
    return offer(edition or protected_edition(), cells, option)


def groups(found: Offer | None) -> set[Group]:
    assert found is not None
    return set(found.table.by_group)


def without(*hidden: Group) -> Edition:
    """The protected edition with more groups withheld."""
    edition = protected_edition()
    tables = {**edition.tables, ACTIVITY: withheld(edition.table(ACTIVITY), *hidden)}
    return replace(edition, tables=tables)


def test_a_withheld_school_in_a_block_is_offered_all_blocks() -> None:
    """Own school beside everyone in 2016-2018."""
    cells = pick(table(), school=("", "tampere"), block=BLOCKS[1:2])
    found = offered(cells)
    assert found is not None and found.way == ("all_spans",)
    assert groups(found) == {
        Group(survey="base", block=ALL_BLOCKS, school=school) for school in ("", "tampere")
    }
    assert found.named(visitor(Language.SV)) == "alla perioder tillsammans"


def test_a_withheld_cohort_of_a_programme_is_offered_its_blocks() -> None:
    found = offered(pick(table(), programme=(AREA,), cohort=COHORTS))
    assert found is not None and found.way == ("spans",)
    assert groups(found) == {Group(survey="base", block=b, programme=AREA) for b in BLOCKS}


def test_a_withheld_block_is_offered_what_the_edition_shows_and_nothing_else() -> None:
    """Without the area's block and all its blocks there are all areas together; a school beside
    everyone has nothing that is not in the chart already."""
    newest = Group(survey="base", block=NEWEST)
    hidden = [replace(newest, programme=AREA), replace(newest, programme=AREA, block=ALL_BLOCKS)]
    edition = without(*hidden)
    found = offered(pick(table(edition), programme=(AREA,), block=(NEWEST,)), edition)
    assert groups(found) == {newest} and found is not None and found.way == ("programmes",)
    school = replace(newest, school="kuopio")
    edition = without(school, replace(school, block=ALL_BLOCKS))
    assert offered(pick(table(edition), school=("", "kuopio"), block=(NEWEST,)), edition) is None
    alone = offered(pick(table(edition), school=("kuopio",), block=(NEWEST,)), edition)
    assert groups(alone) == {newest}


def test_nothing_is_offered_where_nothing_is_withheld() -> None:
    """A fold is no reason to go elsewhere."""
    assert offered(pick(table(), school=("", "kuopio"), block=(NEWEST,))) is None
    assert offered(small_edition().table("students"), small_edition()) is None


def test_a_withheld_answer_among_several_is_offered_where_that_answer_is_shown() -> None:
    several = table(code="all_activities")
    cells = pick(several, school=("", "kuopio"), block=(NEWEST,))
    assert groups(offered(cells)) == {
        Group(survey="base", block=ALL_BLOCKS, school=school) for school in ("", "kuopio")
    }
    assert offered(each(several, "school", block=(NEWEST,)), option="wage_work") is None


def test_all_blocks_are_not_offered_for_a_block_before_the_break() -> None:
    """Satisfaction was broken in 2020: all blocks together begin with the cohort of 2019."""
    edition = protected_edition()
    code = "satisfaction_overall"
    for block, is_offered in ((BLOCKS[0], False), (NEWEST, True)):
        group = Group(survey="base", block=block, school="kuopio")
        tables = {**edition.tables, code: withheld(edition.table(code), group)}
        hidden = replace(edition, tables=tables)
        cells = pick(table(hidden, code), school=("", "kuopio"), block=(block,))
        assert (offered(cells, hidden) is not None) is is_offered, block


# --- On pages -------------------------------------------------------------------------------------


def visitor(language: Language = Language.FI) -> Visitor:
    return Visitor(language, "", MEMBER, "2026.1")


def open_page(name: str, query: dict[str, str], is_own_only: bool = False) -> AppTest:
    def script(name: str, is_own_only: bool) -> None:
        from dataclasses import replace
        from importlib import import_module

        from tests.editions_for_tests import protected_edition
        from ui import address
        from ui.visit import Visitor
        from yearbook.language import Language

        address.read()
        edition = protected_edition()
        if is_own_only:
            code = "satisfaction_overall"
            of_all = edition.table(code).where(lambda cell: not cell.group.school)
            edition = replace(edition, tables={**edition.tables, code: of_all})
        own = address.chosen("school", ["", "kuopio", "tampere", "turku"], "")
        told = Visitor(Language(address.wanted("lang") or "fi"), own, "member", "2026.1")
        import_module(f"pages.{name}").show(edition, told)
        address.write()

    kwargs = {"name": name, "is_own_only": is_own_only}
    test = AppTest.from_function(script, default_timeout=30, kwargs=kwargs)
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def test_a_card_says_how_much_is_withheld_and_leads_to_the_pooled_view_and_back() -> None:
    test = open_page("graduates", {"area": AREA})
    sentence = "Yksi ryhmä 12 ryhmästä on suojattu, jotta ketään ei voi tunnistaa."
    assert not test.exception and sentence in said(test)
    button = test.button(key="pool-cohorts")
    assert button.label == "Näytä lukuvuodet jaksoina"
    button.click().run()
    assert "Kuviossa ovat lukuvuodet jaksoina." in said(test) and sentence not in said(test)
    assert "2013\\u20132015" in test.get("plotly_chart")[0].proto.spec
    test.button(key="pool-cohorts").click().run()
    assert sentence in said(test)


def test_folds_are_no_options_of_a_filter() -> None:
    names = naming.options(protected_edition(), visitor(), table())
    assert list(names) == [
        "employed", "full_time_student", "unemployed", "others", "emigrated",
    ]  # fmt: skip
    test = open_page("surveys", {"question": ACTIVITY, "school": "kuopio", "option": "others"})
    assert not test.exception


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("schools", {"place": "kuopio"}, "Oppilaitoksen omat tulokset näkee vain oppilaitos itse:"),
        ("surveys", {"question": "satisfaction_overall"},
         "Oppilaitoksen omat tulokset tästä kysymyksestä näkee vain oppilaitos itse"),
        ("graduates", {"topic": "education", "school": "kuopio"},
         "Oman oppilaitoksen tulokset tästä kysymyksestä näkee vain oppilaitos itse."),
    ],
)  # fmt: skip
def test_what_only_the_school_itself_sees_is_said_in_words(
    page: str, query: dict[str, str], words: str
) -> None:
    test = open_page(page, query, is_own_only=True)
    assert not test.exception
    assert words in said(test)


def test_a_school_of_which_the_newest_years_are_withheld_says_so() -> None:
    assert "Uusimmat lukuvuodet on suojattu" in said(open_page("schools", {"place": "turku"}))
