"""What charts say: findings that are clear, names, numbers and footers in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.charts_for_tests import FORMS, chart, schools_of, students, survey
from tests.editions_for_tests import MUSIC, small_edition, wilson_by_hand
from yearbook.charts import View, draw
from yearbook.charts.band import quantile
from yearbook.charts.description import Mark
from yearbook.charts.differences import (
    against_the_others,
    clear_difference,
    published_share,
    share_of,
)
from yearbook.charts.keys import key_height, rows_of
from yearbook.charts.marks import rounded
from yearbook.charts.plotting import safe, wrap
from yearbook.editions import Cell, Group, State, Table
from yearbook.language import Language, Text

FI, SV, EN = Language.FI, Language.SV, Language.EN


def share(count: int, n: int, block: str = "2019-2021", school: str = "") -> Cell:
    low, high = wilson_by_hand(count, n)
    group = Group(survey="base", block=block, school=school)
    return Cell(group, "employed", State.SHOWN, count / n, low, high, count, n)


def headline(cells: list[Cell], language: Language = FI, **view: str) -> str:
    return chart(Table("main_activity", tuple(cells)), language, option="employed", **view).headline


# --- Newcombe -------------------------------------------------------------------------------------


def test_the_wilson_interval_is_that_of_a_second_calculation() -> None:
    for count, n in ((0, 5), (3, 8), (27, 45), (180, 180)):
        found = share_of(count, n)
        assert (found.low, found.high) == pytest.approx(wilson_by_hand(count, n))


def test_newcombes_own_example() -> None:
    """Newcombe 1998, table II (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339."""
    one, other = share_of(56, 70), share_of(48, 80)
    assert clear_difference(one, other) == pytest.approx(0.2)
    assert clear_difference(other, one) == pytest.approx(-0.2)


def test_a_difference_whose_interval_holds_zero_is_not_clear() -> None:
    """Method 10 gives 9/10 − 3/10 as 0.1705 to 0.8090, and 6/10 − 3/10 reaches below zero."""
    assert clear_difference(share_of(9, 10), share_of(3, 10)) == pytest.approx(0.6)
    assert clear_difference(share_of(6, 10), share_of(3, 10)) == 0.0


def test_own_school_is_compared_with_the_others_without_itself() -> None:
    """33 of 45 against 75 of 135, not against 108 of 180."""

    def mark(count: int, n: int) -> Mark:
        return Mark("", State.SHOWN, 100 * count / n, 0, "", "", n=n, count=count)

    difference = against_the_others(mark(33, 45), mark(108, 180))
    assert difference == pytest.approx(33 / 45 - 75 / 135)
    assert against_the_others(mark(30, 45), mark(108, 180)) == 0.0
    assert against_the_others(mark(45, 45), mark(45, 45)) is None, "no others"
    unknown = Mark("", State.SHOWN, 60.0, 60.0, "", "")
    assert against_the_others(unknown, mark(108, 180)) is None
    assert published_share(unknown) is None


# --- Headlines ------------------------------------------------------------------------------------


def test_a_clear_change_is_told_and_an_unclear_one_is_not() -> None:
    clear = [share(90, 180, "2016-2018"), share(130, 180)]
    unclear = [share(9, 18, "2016-2018"), share(13, 18)]
    assert headline(clear) == "Työllinen: kasvua 22 prosenttiyksikköä vuodesta 2016–2018"
    assert headline(unclear) == "Työllinen: ei selvää muutosta vuodesta 2016–2018"


def test_own_school_is_above_only_where_that_is_clear() -> None:
    sure = [share(108, 180), share(36, 45, school="kuopio"), share(30, 60, school="tampere")]
    small = [share(108, 180), share(7, 10, school="kuopio"), share(30, 60, school="tampere")]
    options = {"form": "dots", "own_school": "kuopio"}
    assert headline(sure, **options) == "Työllinen: Kuopio selvästi muita ylempänä"
    assert headline(small, **options) == "Työllinen: Kuopio ei selvästi eroa muista"
    assert headline(small, SV, **options) == "Sysselsatt: Kuopio skiljer sig inte klart från andra"
    assert headline(sure, EN, **options) == "Employed: Kuopio clearly above the others"


def test_an_annual_change_is_told_since_the_last_break() -> None:
    """Kuopio: 118 in 2020 (after the break) and 130 in 2024; 2025 was not returned."""
    texts = [FORMS["lines"](language).headline for language in Language]
    assert texts == [
        "Kuopio, opiskelijat: kasvua 10\u00a0% vuodesta 2020",
        "Kuopio, studerande: ökning med 10\u00a0% sedan 2020",
        "Kuopio, students: up 10% since 2020",
    ]


def test_a_year_with_a_missing_school_is_no_trend() -> None:
    """450 persons less in 2025 would be Kuopio's missing return, so the change ends in 2024."""
    drawn = chart(students(school=""), FI)
    assert drawn.headline == "Opiskelijat: kasvua 3\u00a0% vuodesta 2020"


def test_a_small_count_changes_by_persons() -> None:
    cells = tuple(
        Cell(Group(school="kuopio", year=year), value=value, n=1)
        for year, value in (("2020", 40.0), ("2024", 34.0))
    )
    drawn = chart(Table("graduates", cells), FI)
    assert drawn.headline == "Tutkinnon suorittaneet: laskua 6 vuodesta 2020"


def test_a_rank_is_told_of_annual_figures() -> None:
    drawn = chart(students(year="2024"), EN, own_school="turku")
    assert drawn.headline == "Turku, students: number 2 of 3"


def test_the_commonest_answer_is_told_in_tenths() -> None:
    drawn = chart(survey("main_activity", school=""), FI)
    assert drawn.headline == "Työllinen: kuusi kymmenestä vastaajasta"


def test_a_person_may_write_the_headline_and_the_alt_text() -> None:
    said = Text("Oma otsikko", "Egen rubrik", "My own headline")
    view = View(SV, headline=said, alt=said)
    drawn = draw(small_edition(), students(school=""), view)
    assert (drawn.headline, drawn.alt) == ("Egen rubrik", "Egen rubrik")


# --- Around the chart -----------------------------------------------------------------------------


def test_the_footer_names_source_schools_notes_date_and_invented_in_this_order() -> None:
    drawn = chart(students(school=""), FI)
    assert drawn.footer == (
        "Lähde: Suomen konservatorioliitto, jäsenkysely · 2/3 oppilaitosta · julkaisu 2026.1",
        "Huom. Vuodelta 2025 puuttuu: Kuopio. Vuodelta 2017 puuttuu: Turku. Ontto merkki: kaikki "
        "oppilaitokset eivät ole mukana, joten luku voi vielä muuttua.",
        "Julkaistu 22.11.2026",
        "Luvut ovat keksittyjä (esimerkkiaineisto)",
    )


def test_years_that_lack_the_same_school_are_told_together() -> None:
    late = [Group(school="kuopio", year=year) for year in ("2023", "2024")]
    table = students()
    cells = [Cell(c.group, c.option, State.NOT_RETURNED) if c.group in late else c
             for c in table.cells]  # fmt: skip
    held = replace(table, cells=tuple(cells))
    edition = replace(small_edition(), tables=small_edition().tables | {"students": held})
    shown = held.where(lambda cell: not cell.group.school)
    told = [chart(shown, language, edition).notes[:2] for language in (FI, EN)]
    assert told == [
        ("Vuosilta 2023–2025 puuttuu: Kuopio.", "Vuodelta 2017 puuttuu: Turku."),
        ("Missing for 2023–2025: Kuopio.", "Missing for 2017: Turku."),
    ]


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        ("applicants_per_place", ("Hakijoita paikkaa kohti", "Sökande per plats")),
        ("students", ("Opiskelijat, henkilöä", "Studerande, personer")),
    ],
)
def test_a_subtitle_repeats_no_unit_that_the_label_says(
    indicator: str, told: tuple[str, ...]
) -> None:
    table = small_edition().table(indicator).select(school="", programme="")
    drawn = [chart(table, language).subtitle for language in (FI, SV)]
    assert tuple(subtitle.partition(" · ")[0] for subtitle in drawn) == told


def test_real_figures_are_not_called_invented() -> None:
    drawn = chart(students(school=""), FI, small_edition(invented=False))
    assert drawn.invented == ""
    assert drawn.footer[-1] == "Julkaistu 22.11.2026"


def test_a_note_bound_to_a_school_follows_its_figures_alone() -> None:
    note = "Koulu muutti 2019."
    assert note in chart(students(school=("turku", "kuopio")), FI).notes
    assert note not in chart(students(school="kuopio"), FI).notes
    assert note not in chart(students(school="turku", year="2024"), FI).notes
    assert note not in chart(schools_of("applicants_per_place").select(school="turku"), FI).notes


def test_a_reason_names_whom_it_concerns() -> None:
    notes = FORMS["dots"](FI).notes
    assert notes[0].startswith("Suojattu: ") and notes[0].endswith("(Turku).")


def test_the_subtitle_says_measure_population_and_period() -> None:
    drawn = chart(survey("main_activity", school=""), FI)
    assert drawn.subtitle == (
        "Pääasiallinen toiminta, % vastaajista, yksi vastaus · Peruskysely · "
        "Kaikki oppilaitokset · lukuvuosina 2019–20 – 2021–22 valmistuneet (3 lukuvuotta yhdessä)"
    )
    assert "n = 180 / 420 (43\u00a0%)" in drawn.footer


def test_the_alt_text_gives_kind_finding_and_key_values() -> None:
    assert FORMS["bars"](EN).alt == (
        "Bar chart: Students 2025. Students, persons · by school · 2025. Tampere: 200; Turku: 150."
    )


def test_the_hover_counts_the_persons_behind_a_share() -> None:
    drawn = FORMS["dots"](FI)
    assert drawn.series[0].marks[0].says.split("\n") == [
        "Kuopio, 2019–2021",
        "Työllinen: 73\u00a0% (33 vastaajaa 45:stä)",
        "95 %:n luottamusväli 59–84\u00a0%",
        "vastanneita 45, kutsuttuja 70 (64\u00a0%)",
    ]


def test_fewer_than_twenty_is_a_small_group() -> None:
    for n, is_small in ((19, True), (20, False)):
        drawn = chart(Table("main_activity", (share(10, n),)), FI, option="employed")
        assert ("pieni ryhmä" in drawn.series[0].marks[0].says) is is_small


def test_whole_per_cents_below_fifty_answers() -> None:
    content = small_edition().content
    indicators = {**content["indicators"]}
    indicators["main_activity"] = {**indicators["main_activity"], "decimals": 1}
    edition = replace(small_edition(), content={**content, "indicators": indicators})
    for n, written in ((49, "33\u00a0%"), (50, "32,0\u00a0%")):
        drawn = chart(Table("main_activity", (share(16, n),)), FI, edition, option="employed")
        assert drawn.series[0].marks[0].written == written


def test_the_twin_has_a_row_for_every_year_and_says_why_there_is_none() -> None:
    drawn = chart(students(school=("kuopio", "")), SV, own_school="kuopio")
    assert [column.name for column in drawn.twin.columns] == [
        "Statistikår", "Kuopio", "Alla läroanstalter",
    ]  # fmt: skip
    newest = drawn.twin.rows[-1]
    assert [entry.written for entry in newest] == ["2025", "–", "350"]
    assert newest[1].state is State.NOT_RETURNED


def test_the_digits_of_each_language() -> None:
    cells = (Cell(Group(year="2024"), value=1234567.0, n=3),)
    written = [
        chart(Table("state_funding", cells), language, form="lines").series[0].marks[0].written
        for language in Language
    ]
    assert written == ["1\u202f234\u202f567", "1\u202f234\u202f567", "1,234,567"]


def test_a_programme_and_a_school_together_are_named_by_what_differs() -> None:
    table = small_edition().table("students").select(programme=MUSIC, year="2024")
    labels = [place.label for place in chart(table, FI).places]
    assert labels == ["Tampere", "Turku", "Kuopio"]


# --- Small pieces ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(0.5, 0, 1.0), (2.5, 0, 3.0), (-2.5, 0, -3.0), (1.25, 1, 1.3), (12.0, 0, 12.0)],
)
def test_halves_are_rounded_away_from_zero(value: float, decimals: int, shown: float) -> None:
    assert rounded(value, decimals) == shown


def test_quartiles_lie_between_values() -> None:
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.25) == 1.75
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.75) == 3.25


def test_words_wrap_but_never_inside_no_break_spaces() -> None:
    assert wrap("Kaikki oppilaitokset (n\u00a0=\u00a0180)", 24) == [
        "Kaikki oppilaitokset", "(n\u00a0=\u00a0180)",
    ]  # fmt: skip


def test_a_name_brings_no_markup_into_a_chart() -> None:
    assert safe("<b>Pop</b> & Jazz") == "&lt;b&gt;Pop&lt;/b&gt; &amp; Jazz"


def test_the_key_wraps_for_a_narrow_screen() -> None:
    assert rows_of(["a" * 20, "b" * 20, "c" * 20]) == [["a" * 20, "b" * 20], ["c" * 20]]
    assert key_height([]) == 0
    assert key_height(["a", "b"]) == 30


def test_an_edition_older_than_a_word_is_still_drawn() -> None:
    """It freezes its labels; a word that charts learned later comes from today's catalogue."""
    content = small_edition().content
    words = {key: value for key, value in content["words"].items() if not key.startswith("charts.")}
    older = replace(small_edition(), content={**content, "words": words})
    assert chart(students(school=""), FI, older).headline.startswith("Opiskelijat: kasvua")


def test_all_blocks_together_are_no_moment_beside_the_blocks() -> None:
    table = small_edition().table("main_activity").cut("school", "block").select(survey="base")
    drawn = chart(table.select(school="kuopio"), FI, option="employed", form="lines")
    labels = [place.label for place in drawn.places]
    assert labels == ["2013–2015", "2016–2018", "2019–2021", "2022–2024"]
    stacked = chart(table.select(school=("kuopio", "tampere")), FI, form="stacked")
    assert len(stacked.places) == 8
    alone = chart(table.select(block="blocks"), FI, option="employed", form="dots")
    assert alone.subtitle.endswith("Kaikki jaksot yhdessä")
    assert alone.places[0].label.replace("\u00a0", " ") == "Kuopio (n = 135)"


def test_a_small_multiple_names_its_school() -> None:
    assert FORMS["small_multiple"](EN).subtitle == (
        "Share of students with demanding special support, % · Kuopio Conservatory · 2014–2025"
    )
