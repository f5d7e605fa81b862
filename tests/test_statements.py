"""Statements: what is drafted from the data says no more than it allows, in three languages; what
is kept comes back as it was; what a newer edition changes is told number by number."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.charts_for_tests import FORMS, chart, students, survey
from tests.editions_for_tests import small_edition, wilson_by_hand
from yearbook.catalogue import Catalogue, build, read
from yearbook.charts import View, draw
from yearbook.charts.excerpt import Excerpt, excerpt_of
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.language import Language, Text
from yearbook.statements import (
    MOST_FIGURES,
    Figure,
    FigureChange,
    NotAStatement,
    Signatory,
    Statement,
    add,
    brought_up,
    changed,
    draft,
    from_plain,
    is_full,
    laid_out,
    move,
    remove,
    replace_figure,
    to_plain,
)
from yearbook.statements.words import clean, paragraphs

FI, SV, EN = Language.FI, Language.SV, Language.EN
NBSP = "\u00a0"


def told(sentence: str) -> str:
    return sentence.replace(NBSP, " ").replace("\u202f", " ")


def drafted(table: Table, language: Language, edition: Edition | None = None, **view: str) -> str:
    edition = edition or small_edition()
    return told(draft(chart(table, language, edition, **view), edition))


def shares(*of: tuple[str, int, int], school: str = "") -> Table:
    """Of those who graduated in that school year and answered, so many were employed."""
    cells = []
    for cohort, count, n in of:
        low, high = wilson_by_hand(count, n)
        group = Group(school=school, survey="base", cohort=cohort)
        cells.append(Cell(group, "employed", State.SHOWN, count / n, low, high, count, n))
    return Table("main_activity", tuple(cells))


def students_table(*values: tuple[str, float | None], school: str = "kuopio") -> Table:
    cells = (
        Cell(Group(school=school, year=year), value=value, n=1)
        if value is not None
        else Cell(Group(school=school, year=year), state=State.WITHHELD)
        for year, value in values
    )
    return Table("students", tuple(cells))


# --- Sentences ------------------------------------------------------------------------------------

RISE = students_table(("2020", 118.0), ("2022", 121.0), ("2024", 130.0))
CLEAR = shares(("2021", 30, 100), ("2024", 60, 100))
UNCLEAR = shares(("2021", 50, 100), ("2024", 55, 100))
EMPLOYED = {"option": "employed", "form": "lines"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            FI,
            "Opiskelijoiden määrä oli Kuopion konservatoriossa 130 vuonna 2024, mikä on 10 % "
            "enemmän kuin vuonna 2020 (118).",
        ),
        (
            SV,
            "Antalet studerande var 130 vid Kuopio konservatorium år 2024, vilket är 10 % mer än "
            "år 2020 (118).",
        ),
        (
            EN,
            "The number of students at Kuopio Conservatory was 130 in 2024, 10% more than in 2020 "
            "(118).",
        ),
    ],
)
def test_a_rise_of_an_annual_figure_is_told(language: Language, sentence: str) -> None:
    assert drafted(RISE, language, own_school="kuopio") == sentence


def test_a_change_is_counted_from_the_first_year_after_the_last_break() -> None:
    """The requirements of 2020 part 2019 from it; alone behind the break, a year has no change."""
    alone = students_table(("2018", 90.0), ("2019", 95.0), ("2020", 118.0))
    assert (
        drafted(alone, FI) == "Opiskelijoiden määrä oli Kuopion konservatoriossa 118 vuonna 2020."
    )


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [
        (200.0, 200.0, ", saman verran kuin vuonna 2020."),
        (1000.0, 1004.0, ", lähes saman verran kuin vuonna 2020 (1 000)."),
        (1000.0, 1005.0, ", mikä on 1 % enemmän kuin vuonna 2020 (1 000)."),
        (99.0, 90.0, ", mikä on 9 vähemmän kuin vuonna 2020 (99)."),
    ],
)
def test_how_large_a_change_is_called(before: float, after: float, end: str) -> None:
    assert drafted(students_table(("2020", before), ("2024", after)), FI).endswith(end)


@pytest.mark.parametrize(
    ("language", "clear", "unclear"),
    [
        (
            FI,
            "Liiton jäsenoppilaitoksista lukuvuonna 2024–25 valmistuneista vastaajista 60 % oli "
            "työllisiä (peruskysely, n = 100). Osuus on 30 prosenttiyksikköä suurempi kuin "
            "lukuvuonna 2021–22 valmistuneilla (30 %).",
            "Selvää muutosta lukuvuonna 2021–22 valmistuneisiin verrattuna ei ole.",
        ),
        (
            SV,
            "Av de svarande som utexaminerats från förbundets medlemsläroanstalter läsåret 2024–25 "
            "var 60 % sysselsatta (basenkät, n = 100). Andelen är 30 procentenheter större än "
            "bland dem som utexaminerats läsåret 2021–22 (30 %).",
            "Jämfört med dem som utexaminerats läsåret 2021–22 finns ingen klar förändring.",
        ),
        (
            EN,
            "Of the respondents who graduated from the association's member schools in the school "
            "year 2024–25, 60% were employed (graduate survey, n = 100). The share is 30 "
            "percentage points larger than among those who graduated in the school year 2021–22 "
            "(30%).",
            "There is no clear change from those who graduated in the school year 2021–22.",
        ),
    ],
)
def test_a_change_of_answers_is_told_only_where_it_is_clear(
    language: Language, clear: str, unclear: str
) -> None:
    assert drafted(CLEAR, language, **EMPLOYED) == clear
    said = drafted(UNCLEAR, language, **EMPLOYED)
    assert said.endswith(unclear)
    assert "5 pro" not in said  # nor how large it would be
    assert "5 perc" not in said


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            FI,
            "Kuopion konservatoriosta lukuvuosina 2019–20 – 2021–22 valmistuneista vastaajista "
            "73 % oli työllisiä (peruskysely, n = 45). Osuus on selvästi suurempi kuin muissa "
            "jäsenoppilaitoksissa.",
        ),
        (
            SV,
            "Av de svarande som utexaminerats från Kuopio konservatorium läsåren 2019–20 – 2021–22 "
            "var 73 % sysselsatta (basenkät, n = 45). Andelen är klart större än vid de övriga "
            "medlemsläroanstalterna.",
        ),
        (
            EN,
            "Of the respondents who graduated from Kuopio Conservatory in the school years 2019–20 "
            "to 2021–22, 73% were employed (graduate survey, n = 45). The share is clearly larger "
            "than at the other member schools.",
        ),
    ],
)
def test_own_school_clearly_above_the_others(language: Language, sentence: str) -> None:
    assert told(draft(FORMS["dots"](language), small_edition())) == sentence


def test_a_difference_that_is_not_clear_is_called_so() -> None:
    said = told(draft(FORMS["diverging"](FI), small_edition()))
    assert "71 % oli tyytyväisiä koulutukseensa (peruskysely, n = 45)." in said
    assert said.endswith("Ero muihin jäsenoppilaitoksiin ei ole selvä.")


def test_two_answers_about_as_common_are_both_told() -> None:
    table = survey("main_activity", school="")
    cells = []
    for cell in table.cells:
        count = {"employed": 70, "full_time_student": 65}.get(cell.option, 15)
        cells.append(replace(cell, value=count / 180, count=count, low=None, high=None))
    said = drafted(Table("main_activity", tuple(cells)), FI)
    assert "39 % vastasi ”Työllinen” ja 36 % ”Päätoiminen opiskelija” kysymykseen" in said
    assert "näiden kahden ero ei ole selvä" in said
    assert "yleisin" not in said


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            FI,
            "Kuopion konservatorion lukua ”Opiskelijat” vuodelta 2024 ei näytetä: se on suojattu, "
            "koska se koskee liian harvoja tai paljastaisi toisen luvun. Viimeisin näytettävä luku "
            "on vuodelta 2023: 12.",
        ),
        (
            SV,
            "Kuopio konservatoriums tal ”Studerande” för år 2024 visas inte: det är skyddat, "
            "eftersom det gäller för få eller skulle avslöja ett annat tal. Det senaste tal som "
            "visas gäller år 2023: 12.",
        ),
        (
            EN,
            "Kuopio Conservatory's figure “Students” for 2024 is not shown: it is withheld, "
            "because it concerns too few or would reveal another figure. The latest figure shown "
            "is for 2023: 12.",
        ),
    ],
)
def test_what_is_withheld_is_said_not_to_be_shown(language: Language, sentence: str) -> None:
    assert drafted(students_table(("2023", 12.0), ("2024", None)), language) == sentence


def test_a_chart_without_a_number_says_so() -> None:
    nothing = students_table(("2023", None), ("2024", None))
    assert drafted(nothing, FI) == (
        "Kuvion lukuja ”Opiskelijat” ei näytetä, koska ne koskevat liian harvoja tai "
        "paljastaisivat toisen luvun."
    )


def test_a_year_that_lacks_schools_is_not_compared() -> None:
    """Kuopio is missing from 2025: 350 of two schools is no fall from 480 of three."""
    said = drafted(students(school=""), FI)
    assert said.startswith("Opiskelijoiden määrä oli liiton jäsenoppilaitoksissa yhteensä 480")
    assert "350" not in said


def test_the_place_among_schools_is_told_where_no_other_has_the_same() -> None:
    cells = [("kuopio", 30.0), ("lahti", 20.0), ("turku", 10.0), ("oulu", 10.0)]
    table = Table(
        "students",
        tuple(Cell(Group(school=code, year="2024"), value=value, n=1) for code, value in cells),
    )
    edition = replace(small_edition(), content=read())
    first = drafted(table, FI, edition, form="bars", own_school="kuopio")
    assert "mikä on suurin näytettävistä luvuista (4 oppilaitosta)." in first
    second = drafted(table, FI, edition, form="bars", own_school="lahti")
    assert second.endswith(
        "mikä on suuruusjärjestyksessä 2. näytettävistä luvuista (4 oppilaitosta)."
    )
    tied = drafted(table, FI, edition, form="bars", own_school="turku")
    assert tied == (
        "Opiskelijoiden määrä oli Turun konservatoriossa ja musiikkiopistossa 10 vuonna 2024."
    )
    largest = drafted(table, SV, edition, form="bars")
    assert largest == "Antalet studerande var år 2024 störst vid Kuopio konservatorium (30)."


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", Language)
def test_every_form_is_told_in_whole_sentences(form: str, language: Language) -> None:
    said = draft(FORMS[form](language), small_edition())
    assert said[0].isupper()
    assert said.endswith(".")
    assert "{" not in said and "  " not in said


def test_an_edition_from_before_the_inflections_takes_todays_while_the_name_is_the_same() -> None:
    edition = small_edition()
    content = json.loads(json.dumps(edition.content))
    for school in content["schools"]["school"]:
        school.pop("cases")
        if school["code"] == "turku":
            school["name"][0]["fi"] = "Turun musiikkikoulu"
    before = replace(edition, content=content)
    said = [
        drafted(students_table(("2024", 9.0), school=s), FI, before) for s in ("kuopio", "turku")
    ]
    assert "Kuopion konservatoriossa 9" in said[0]
    assert "oppilaitoksessa Turun musiikkikoulu 9" in said[1]


# --- The words of the catalogue -------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return build(read())


def test_every_school_is_inflected(shipped: Catalogue) -> None:
    """No two forms are the same, and each begins as the name does: a new name needs new forms."""
    for school in shipped.schools.values():
        for name, cases in ((school.name, school.cases), (school.short, school.short_cases)):
            assert cases is not None, school.code
            forms = [name.fi, cases.of.fi, cases.at.fi, cases.out.fi]
            assert len(set(forms)) == 4, school.code
            assert {form[:2] for form in forms} == {name.fi[:2]}, school.code
            assert cases.of.fi.endswith("n")
            assert cases.at.fi.endswith(("ssa", "ssä", "lla", "llä"))
            assert cases.out.fi.endswith(("sta", "stä", "lta", "ltä"))
            assert all(each.sv and each.en for each in (cases.of, cases.at, cases.out))


def test_towns_follow_their_own_habit(shipped: Catalogue) -> None:
    at = {code: school.short_cases.at.fi for code, school in shipped.schools.items()}  # type: ignore[union-attr]
    assert (at["tampere"], at["keski-pohjanmaa"]) == ("Tampereella", "Keski-Pohjanmaalla")
    assert (at["lahti"], at["turku"], at["yrkesakademin"]) == ("Lahdessa", "Turussa", "YA:ssa")


def test_every_annual_figure_has_words_for_a_sentence(shipped: Catalogue) -> None:
    annual = {code for code, found in shipped.indicators.items() if found.source == "annual"}
    told_of = {key.rpartition(".")[2] for key in shipped.words if "statements.subject." in key}
    assert told_of == annual


# --- Kept and read again --------------------------------------------------------------------------


def excerpt(edition: Edition | None = None, **chosen: Any) -> Excerpt:
    edition = edition or small_edition()
    table = edition.table("students").select(programme="", **chosen)
    return excerpt_of(edition, table, View(FI, own_school="kuopio"))


def statement(*figures: Figure) -> Statement:
    return Statement(
        title="Lausunto rahoituksesta",
        recipient="Opetus- ja kulttuuriministeriö\nPL 29",
        diary_number="VN/1234/2026",
        date="2026-11-22",
        place="Helsinki",
        signatories=(Signatory("Maija Meikäläinen", "puheenjohtaja"), Signatory("Matti Virtanen")),
        opening="Kiitämme.\n\nToinen kappale.",
        closing="Esitämme.",
        figures=figures or (Figure(excerpt(school=("kuopio", "turku"))),),
    )


def test_a_statement_comes_back_as_it_was() -> None:
    own = Text("Oma", "", "Own")
    whole = statement(Figure(excerpt(school="kuopio"), own, own, own, as_table=True))
    assert from_plain(json.loads(json.dumps(to_plain(whole)))) == whole
    assert from_plain(to_plain(Statement())) == Statement()


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"language": "de"},
        {"title": 7},
        {"title": "x" * 501},
        {"date": "22.11.2026"},
        {"signatories": [{"name": None}]},
        {"signatories": [{"name": "x"}] * 21},
        {"figures": {}},
        {"figures": [{}]},
        {"figures": [{"excerpt": {"format": 1}}]},
    ],
)
def test_what_is_no_statement_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotAStatement):
        from_plain({**to_plain(statement()), **change})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
NAMES = [*to_plain(statement()), "alt", "text", "excerpt", "name"]


@effort(max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING) | ANYTHING)
def test_whatever_is_read_is_a_statement_or_refused(plain: Any) -> None:
    for tried in (plain, {**to_plain(statement()), **plain} if isinstance(plain, dict) else None):
        try:
            found = from_plain(tried)
        except NotAStatement:
            continue
        assert from_plain(to_plain(found)) == found


@effort(max_examples=60)
@given(st.text(), st.sampled_from(Language))
def test_any_words_of_a_person_are_kept_and_laid_out(text: str, language: Language) -> None:
    own = Statement(title=text[:500], opening=text, language=language)
    assert from_plain(to_plain(own)) == own
    assert laid_out(own, {}).opening == paragraphs(text)
    kept = clean(text).replace("\n", "")
    assert "".join(s for s in kept if unicodedata.category(s) != "Zs").isprintable()


def test_figures_are_added_moved_replaced_and_removed() -> None:
    one, two, three = (Figure(excerpt(school="kuopio", year=y)) for y in ("2022", "2023", "2024"))
    made = add(add(Statement(), one), two)
    assert move(made, 1, 1).figures == (two, one) == move(made, 2, -5).figures
    assert replace_figure(made, 2, three).figures == (one, three)
    assert remove(made, 1).figures == (two,)
    full = replace(made, figures=(one,) * MOST_FIGURES)
    assert is_full(full) and add(full, two) == full and not is_full(made)


# --- Laid out -------------------------------------------------------------------------------------


def test_figures_and_tables_are_numbered_each_by_itself_in_the_language() -> None:
    figure = Figure(excerpt(school="kuopio"))
    made = statement(figure, replace(figure, as_table=True), figure)
    editions = {"2026.1": small_edition()}
    assert [f.label for f in laid_out(made, editions).figures] == [
        "Kuvio 1",
        "Taulukko 1",
        "Kuvio 2",
    ]
    assert [f.label for f in laid_out(made, editions, EN).figures] == [
        "Figure 1",
        "Table 1",
        "Figure 2",
    ]


def test_own_words_stay_in_another_language_and_the_layout_says_so() -> None:
    figure = Figure(
        excerpt(school="kuopio"), Text("Oma otsikko", "", ""), None, Text("Omaa.", "", "")
    )
    layout = laid_out(statement(figure), {"2026.1": small_edition()}, SV)
    (laid,) = layout.figures
    assert layout.title == "Lausunto rahoituksesta"
    assert (laid.text, laid.text_language) == (("Omaa.",), FI)
    assert layout.foreign == "Utlåtandets egen text är på finska."
    assert laid.headline == "Studerande: ökning med 10 % sedan 2020".replace("10 %", f"10{NBSP}%")
    assert laid.chart is not None and laid.chart.language is SV
    assert layout.place_and_date == "Helsinki 22.11.2026"
    assert laid_out(statement(figure), {"2026.1": small_edition()}).foreign == ""


def test_what_cannot_be_drawn_says_why() -> None:
    """Of an edition that is not there, of codes that no edition has."""
    gone = Figure(replace(excerpt(school="kuopio"), edition="2019.9"))
    odd = excerpt(school="kuopio")
    strange = [
        Figure(replace(odd, groups=(Group(school="nowhere", year="2024"),))),
        Figure(replace(odd, indicator="nothing")),
        Figure(replace(odd, form="pie")),
        Figure(replace(odd, form="map", option="none")),
    ]
    layout = laid_out(statement(gone, *strange), {"2026.1": small_edition()}, EN)
    said = [figure.headline for figure in layout.figures if figure.chart is None]
    assert said[0] == "The figure cannot be shown: edition 2019.9 is not available."
    assert said[1] == "The figure cannot be shown: edition 2026.1 does not have these figures."
    assert len(said) >= 4


def test_the_address_of_a_figure_stands_under_it() -> None:
    address = "https://tilastot.example.org/?edition=2026.1"
    editions = {"2026.1": small_edition()}
    layout = laid_out(statement(), editions, address=lambda figure: address)
    assert address in layout.figures[0].under


# --- A newer edition ------------------------------------------------------------------------------


def newer(cells: Iterable[Cell]) -> Edition:
    """The next edition, whose students are these."""
    edition = small_edition()
    tables = {**edition.tables, "students": Table("students", tuple(cells))}
    return replace(edition, name="2027.1", tables=tables)


def revised() -> Edition:
    """Kuopio's 130 of 2024 is 132, its 127 of 2023 withheld, its 124 of 2022 gone; 2026 is new."""
    found = []
    for cell in small_edition().table("students").cells:
        group = cell.group
        if (group.school, group.programme) == ("kuopio", ""):
            if group.year == "2024":
                cell = replace(cell, value=132.0)
            elif group.year == "2023":
                cell = Cell(group, state=State.WITHHELD)
            elif group.year == "2022":
                continue
        found.append(cell)
    return newer([*found, Cell(Group(school="kuopio", year="2026"), value=140.0, n=1)])


def test_a_newer_edition_tells_what_it_changes_old_and_new() -> None:
    own = Text("Vuonna 2024 opiskelijoita oli 130.", "", "")
    made = statement(Figure(excerpt(school="kuopio"), text=own))
    found = changed(made, {"2026.1": small_edition()}, revised())
    assert found == (
        FigureChange(1, "Kuvio 1", "2022", "124", "ei enää julkaista", "gone"),
        FigureChange(1, "Kuvio 1", "2023", "127", "– suojattu", "withheld"),
        FigureChange(1, "Kuvio 1", "2024", "130", "132", "changed", in_words=True),
        FigureChange(1, "Kuvio 1", "", "2014–2025", "2014–2026", "newer"),
    )


def test_the_same_numbers_are_no_change() -> None:
    made = statement(Figure(excerpt(school=("kuopio", "turku"), year="2024")))
    same = newer(small_edition().table("students").cells)
    assert changed(made, {"2026.1": small_edition()}, same) == ()
    assert changed(made, {"2026.1": small_edition()}, small_edition()) == ()


def test_a_figure_that_is_gone_is_told_as_a_whole_and_stays_as_it_was() -> None:
    made = statement(Figure(excerpt(school="kuopio")))
    without = newer([])
    (gone,) = changed(made, {"2026.1": small_edition()}, without, EN)
    assert (gone.kind, gone.new) == ("gone", "Edition 2027.1 does not have these figures.")
    assert brought_up(made, {"2026.1": small_edition()}, without) == made


def test_a_statement_is_brought_up_to_the_newer_edition() -> None:
    made = brought_up(
        statement(Figure(excerpt(school="kuopio"))), {"2026.1": small_edition()}, revised()
    )
    assert made.editions == ("2027.1",)
    (laid,) = laid_out(made, {"2027.1": revised()}).figures
    assert laid.chart is not None
    assert [mark.shown for mark in laid.chart.series[0].marks][-1] == 140.0
    assert changed(made, {"2027.1": revised()}, revised()) == ()


def test_numbers_of_a_chart_of_answers_are_told_with_how_many_answered() -> None:
    edition = small_edition()
    table = survey("main_activity", school="kuopio")
    figure = Figure(excerpt_of(edition, table, View(FI)))
    fewer = [
        replace(cell, value=(cell.count or 0) / 44, n=44) if cell.group.school == "kuopio" else cell
        for cell in edition.table("main_activity").cells
    ]
    tables = {**edition.tables, "main_activity": Table("main_activity", tuple(fewer))}
    later = replace(edition, name="2027.1", tables=tables)
    first, *_ = changed(statement(figure), {"2026.1": edition}, later)
    assert first.name.startswith("Työllinen")
    assert (told(first.old), told(first.new)) == ("73 % (n = 45)", "75 % (n = 44)")


def test_drafts_of_a_drawn_chart_and_of_a_statement_are_one() -> None:
    edition = small_edition()
    drawn = draw(edition, students(school="kuopio"), View(FI, own_school="kuopio"))
    layout = laid_out(statement(Figure(excerpt(school="kuopio"))), {"2026.1": edition})
    assert layout.figures[0].text == (draft(drawn, edition),)
    assert layout.figures[0].is_drafted
