"""Every form in every language: drawn from published cells alone, with nothing that is withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.charts_for_tests import FORMS, as_json, chart, numbers_in, schools_of, students, survey
from tests.editions_for_tests import MUSIC, small_edition
from yearbook.charts import Chart, forms, screen
from yearbook.charts.description import Role
from yearbook.editions import Cell, Group, State, Table
from yearbook.language import Language

FI, EN = Language.FI, Language.EN
EVERY = [
    pytest.param(form, language, id=f"{form}-{language}") for form in FORMS for language in Language
]


def data(drawn: Chart) -> list[dict[str, Any]]:
    return screen.figure(drawn)["data"]  # type: ignore[no-any-return]


def test_a_chart_of_every_form_is_tested() -> None:
    assert set(forms()) == set(FORMS)


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_every_form_is_drawn_light_dark_and_as_a_picture(form: str, language: Language) -> None:
    drawn = FORMS[form](language)
    assert drawn.form == form
    for figure in (screen.figure(drawn), screen.figure(drawn, dark=True), screen.picture(drawn)):
        assert as_json(figure)
        assert figure["data"]
        assert figure["layout"]["height"] > 0


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_what_stands_around_a_chart_is_whole(form: str, language: Language) -> None:
    drawn = FORMS[form](language)
    assert 1 <= len(drawn.headline.split()) <= 10
    assert len(drawn.alt) <= 300 and drawn.alt.endswith((".", "…"))
    assert drawn.subtitle and drawn.definition and drawn.file_name
    assert drawn.footer[0] == drawn.source
    assert "2026.1" in drawn.footer[0]
    assert drawn.footer[-1] == drawn.invented != ""
    texts = (drawn.headline, drawn.alt, drawn.subtitle, *drawn.footer)
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize(("form", "language"), EVERY)
def test_the_figure_shows_the_numbers_of_the_twin(form: str, language: Language) -> None:
    """Each number of a mark is in the figure and in the twin; a halved one counts twice."""
    drawn = FORMS[form](language)
    if form in ("small_multiple", "sparkline"):
        marks = [mark for series in drawn.series[-1:] for mark in series.marks if mark.is_shown]
    else:
        marks = [mark for series in drawn.series for mark in series.marks if mark.is_shown]
    in_figure = {round(abs(number), 6) for number in numbers_in(data(drawn))}
    in_twin = {entry.written for row in drawn.twin.rows for entry in row}
    assert marks
    for mark in marks:
        value = round(mark.value or 0.0, 6)
        drawn_as = {value, round(value / 2, 6)} if form == "diverging" else {value}
        if form != "map":  # there the size of a circle stands for the number
            assert drawn_as & in_figure, mark
        assert mark.written in in_twin


def test_a_withheld_cell_has_no_number_anywhere() -> None:
    """Turku has no number in the block: not in marks, figure, twin, hover or any text."""
    for form in ("dots", "stacked", "diverging", "options", "slope"):
        drawn = FORMS[form](FI)
        hidden = [m for s in drawn.series for m in s.marks if m.state is State.WITHHELD]
        assert hidden, form
        for mark in hidden:
            numbers = (mark.value, mark.shown, mark.low, mark.high, mark.n, mark.count)
            assert numbers == (None,) * 6
            assert mark.written == "–"
            digits = {c for c in mark.says.replace("2019–2021", "") if c.isdigit()}
            assert digits == set(), mark.says


def test_a_withheld_number_leaves_no_trace_even_if_a_cell_carried_one() -> None:
    """A cell that by mistake carries 7 654 321 while withheld is drawn without it."""
    secret = 7654321.0
    cells = (
        Cell(Group(school="kuopio", year="2024"), value=120.0, n=1),
        Cell(Group(school="turku", year="2024"), "", State.WITHHELD, secret, secret, secret,
             int(secret), int(secret)),
    )  # fmt: skip
    for form in ("bars", "dots", "map", "lines"):
        drawn = chart(Table("students", cells), FI, form=form)
        assert "7654321" not in as_json(screen.figure(drawn)).replace("\u202f", "")
        assert "7654321" not in repr(drawn).replace("\u202f", "")


def test_a_zero_is_a_counted_zero_and_absence_is_none() -> None:
    cells = (
        Cell(Group(school="kuopio", year="2024"), value=0.0, n=1),
        Cell(Group(school="tampere", year="2024"), state=State.NOT_RETURNED),
        Cell(Group(school="turku", year="2024"), state=State.NOT_OFFERED),
    )
    drawn = chart(Table("students", cells), FI, form="bars")
    assert [mark.value for mark in drawn.series[0].marks] == [0.0, None, None]
    assert data(drawn)[0]["x"] == [0.0]
    texts = [note["text"] for note in screen.figure(drawn)["layout"]["annotations"]]
    assert "– ei palautettu" in texts and "– ei tarjota" in texts


# --- Lines ----------------------------------------------------------------------------------------


def test_a_line_stops_at_a_break_and_at_a_gap() -> None:
    """Breaks before 2018 and 2020; Kuopio did not return 2025."""
    drawn = FORMS["lines"](FI)
    assert [(line.before, line.reason) for line in drawn.breaks] == [
        ("2018", "Ammatillisen koulutuksen reformi"),
        ("2020", "Uudet tutkinnon perusteet"),
    ]
    own = next(trace for trace in data(drawn) if trace["name"] == "Kuopio")
    assert own["connectgaps"] is False
    line = dict(zip(own["x"], own["y"], strict=True))
    assert (line[3], line[3.5], line[4]) == (109.0, None, 112.0)
    assert (line[5], line[5.5], line[6]) == (115.0, None, 118.0)
    assert (line[10], line[11]) == (130.0, None)


def test_a_year_without_any_cell_is_a_gap() -> None:
    table = students(school="kuopio", year=("2014", "2016"))
    own = data(chart(table, FI, form="lines"))[0]
    assert own["x"] == [0, 1, 2]
    assert own["y"] == [100.0, None, 106.0]


def test_a_year_with_a_missing_school_is_hollow() -> None:
    """2017 lacks Turku, 2025 Kuopio; the figure of one school is never partial."""
    drawn = FORMS["lines"](FI)
    everyone = next(series for series in drawn.series if series.role is Role.ALL)
    assert [mark.place for mark in everyone.marks if mark.hollow] == ["2017", "2025"]
    own = next(series for series in drawn.series if series.role is Role.OWN)
    assert not any(mark.hollow for mark in own.marks)
    trace = next(t for t in data(drawn) if t["name"] == "Kaikki oppilaitokset")
    colours = dict(zip(trace["x"], trace["marker"]["color"], strict=True))
    assert (colours[10], colours[11]) == ("#1c2733", "#ffffff")


def test_own_school_is_the_accent_and_the_others_grey() -> None:
    drawn = FORMS["lines"](FI)
    colours = {trace["name"]: trace["line"]["color"] for trace in data(drawn)}
    assert colours["Kuopio"] == "#0b6e6e"
    assert colours["Tampere"] == colours["Turku"] == "#86939c"
    assert data(drawn)[-1]["name"] == "Kuopio", "drawn last, over the others"


def test_up_to_five_lines_are_labelled_at_their_ends_and_more_have_a_key() -> None:
    many = tuple(
        Cell(Group(school=code, year=year), value=float(place + 1), n=1)
        for place, code in enumerate(("kuopio", "tampere", "turku"))
        for year in ("2020", "2021")
    )
    five = chart(Table("students", many), FI, own_school="kuopio")
    texts = [note["text"] for note in screen.figure(five)["layout"]["annotations"]]
    assert [text for text in texts if "Turku" in text] == ["Turku 3"]


def test_a_share_that_stays_low_is_zoomed_and_says_so() -> None:
    drawn = chart(schools_of("discontinued_share").select(school="kuopio"), FI)
    assert drawn.axis.highest is None
    assert "Asteikko ei ole 0–100 %." in drawn.notes
    assert drawn.series[0].marks[0].written == "8,0\u00a0%"


def test_survey_shares_run_from_0_to_100() -> None:
    drawn = chart(survey("main_activity", school="", block="", cohort=("2019", "2020")),
                  FI, option="employed", form="lines")  # fmt: skip
    assert (drawn.axis.lowest, drawn.axis.highest) == (0.0, 100.0)
    assert screen.figure(drawn)["layout"]["yaxis"]["range"] == [0.0, 100.0]


def test_a_break_of_the_survey_stands_before_its_first_cohort() -> None:
    """The base survey of 2020 asks the cohort 2019."""
    table = small_edition().table("satisfaction_mean").cut("cohort").select(survey="base")
    assert [line.before for line in chart(table, FI).breaks] == ["2019"]


# --- Rows -----------------------------------------------------------------------------------------


def test_schools_are_ordered_and_those_without_a_number_come_last() -> None:
    drawn = FORMS["bars"](FI)
    assert [place.label for place in drawn.places] == ["Tampere", "Turku", "Kuopio"]
    assert data(drawn)[0]["x"] == [200.0, 150.0]


def test_n_stands_in_the_label_of_a_survey_result() -> None:
    labels = [place.label.replace("\u00a0", " ") for place in FORMS["dots"](FI).places]
    assert labels == ["Kuopio (n = 45)", "Tampere (n = 60)", "Turku"]


def test_a_sum_has_no_level_of_everyone_but_a_share_has() -> None:
    assert FORMS["bars"](FI).references == ()
    reference = FORMS["dots"](FI).references[0]
    assert (reference.value, reference.label) == (60.0, "kaikki 60\u00a0%")


def test_three_schools_without_a_number_share_a_row() -> None:
    cells = [Cell(Group(school="kuopio", year="2024"), value=1.0, n=1)]
    for code in ("tampere", "turku"):
        cells.append(Cell(Group(school=code, year="2024"), state=State.WITHHELD))
    content = small_edition().content
    extra = {**content["schools"]["school"][0], "code": "fourth"}
    schools = {**content["schools"], "school": [*content["schools"]["school"], extra]}
    edition = replace(small_edition(), content={**content, "schools": schools})
    cells.append(Cell(Group(school="fourth", year="2024"), state=State.WITHHELD))
    drawn = chart(Table("students", tuple(cells)), FI, edition, form="bars")
    axis = screen.figure(drawn)["layout"]["yaxis"]
    assert axis["ticktext"][1].endswith("+1")
    assert len(drawn.twin.rows) == 4, "the table names every school"


def test_stacked_parts_stand_on_a_fixed_axis() -> None:
    """Stacking to 100 % would stretch what is left when something is withheld."""
    drawn = FORMS["stacked"](FI)
    layout = screen.figure(drawn)["layout"]
    assert layout["barmode"] == "stack"
    assert "barnorm" not in layout
    assert layout["xaxis"]["range"] == [0, 100]


def test_a_withheld_row_is_hatched_and_has_no_parts() -> None:
    drawn = FORMS["stacked"](FI)
    parts, hatched = data(drawn)[:-1], data(drawn)[-1]
    assert hatched["marker"]["pattern"]["shape"] == "/"
    withheld_rows = set(hatched["y"])
    assert len(withheld_rows) == 1
    assert all(withheld_rows.isdisjoint(part["y"]) for part in parts)


def test_a_scale_grows_from_the_middle() -> None:
    """5 + 10 % and half of 15 % to the left, half of 15 % and 40 + 30 % to the right."""
    table = survey("satisfaction_overall", school="")
    traces = data(chart(table, FI))
    left = sum(x for trace in traces for x in trace["x"] if x < 0)
    right = sum(x for trace in traces for x in trace["x"] if x > 0)
    assert (round(left, 3), round(right, 3)) == (-22.5, 77.5)


def test_choices_of_a_multi_answer_question_are_ordered_by_everyone() -> None:
    drawn = FORMS["options"](FI)
    values = [mark.value for mark in drawn.series[0].marks if mark.is_shown]
    assert drawn.series[0].role is Role.ALL
    assert values == sorted(values, key=lambda value: -(value or 0))
    assert any("useita" in note for note in drawn.notes)


def test_the_median_is_one_mark_with_its_quartiles() -> None:
    drawn = chart(survey("income_median", school="kuopio"), FI, form="dots")
    mark = drawn.series[0].marks[0]
    assert (mark.low, mark.value, mark.high) == (1800.0, 2300.0, 2900.0)
    assert mark.interval == "1\u202f800–2\u202f900"


# --- The band, the map, nothing at all ------------------------------------------------------------


def test_the_band_is_of_the_other_shown_schools() -> None:
    """Own school is no part of what it is compared with; a withheld school is in no mean."""
    drawn = chart(schools_of("students"), FI, form="small_multiple", own_school="kuopio")
    newest = drawn.band[-1]
    assert (newest.place, newest.mean, newest.schools) == ("2025", 175.0, 2)
    assert (newest.low, newest.high) == (None, None), "quartiles of two schools say nothing"
    assert FORMS["small_multiple"](FI).band == ()
    assert any("oppilaitoksia 1–2" in note for note in drawn.notes)


def test_the_map_sets_schools_at_their_towns() -> None:
    drawn = FORMS["map"](FI)
    circles = data(drawn)[0]
    assert circles["customdata"] == ["tampere", "turku"]
    assert (circles["x"][0], circles["y"][0]) == (23.787, 61.499)
    areas = [size**2 for size in circles["marker"]["size"]]
    assert areas[0] / areas[1] == pytest.approx(200 / 150)


def test_a_chart_without_a_number_says_why() -> None:
    drawn = chart(survey("main_activity", school="turku"), FI)
    assert drawn.is_empty
    figure = screen.figure(drawn)
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"].startswith("Suojattu: ")


def test_heights_do_not_follow_the_values() -> None:
    """A card never jumps: years and language aside, the height is that of the form."""
    one = chart(students(year=("2014", "2015")), FI, own_school="kuopio")
    other = chart(students(), EN, own_school="turku")
    assert one.height == other.height == 360


def test_a_programme_is_named_in_the_population() -> None:
    table = small_edition().table("students").select(programme=MUSIC, school="kuopio")
    assert "Musiikkialan perustutkinto · Kuopion konservatorio" in chart(table, FI).subtitle
