"""What survey charts owe their reader: who answered, how sure it is, and what is not comparable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.charts_for_tests import FORMS, chart, survey
from tests.editions_for_tests import small_edition
from yearbook.charts import Chart, screen
from yearbook.charts.description import Mark
from yearbook.charts.differences import against_the_others, is_clearly_commoner, share_of
from yearbook.editions import ANSWERED, FRAME, INVITED, Cell, Edition, Group, Note, State, Table
from yearbook.exports import csv as csv_file
from yearbook.exports import xlsx as xlsx_file
from yearbook.intervals import wilson
from yearbook.language import Language, Text

FI, SV, EN = Language.FI, Language.SV, Language.EN
CHANGED = "Kysymys muuttui"


def without_frame() -> Edition:
    """As editions were before frames."""
    tables = {code: table for code, table in small_edition().tables.items() if code != FRAME}
    return replace(small_edition(), tables=tables, rounds=())


def versioned(relation: str, edition: Edition | None = None) -> Edition:
    """Main activity with one version, from the survey of 2020 on, and its note."""
    edition = edition or small_edition()
    said = {"fi": "Näin se muuttui.", "sv": "Så ändrades den.", "en": "So it changed."}
    questions = dict(edition.content["questions"])
    version = {"first": 2020, "relation": relation, "note": said}
    questions["main_activity"] = {**questions["main_activity"], "version": [version]}
    note = Note(Text(**said), indicator="main_activity", year="2020")
    return replace(edition, content={**edition.content, "questions": questions}, notes=(note,))


def employed(**chosen: Any) -> Table:
    return small_edition().table("main_activity").select(programme="", **chosen)


def traces(drawn: Chart, meta: str) -> list[dict[str, Any]]:
    return [trace for trace in screen.figure(drawn)["data"] if trace.get("meta") == meta]


def written(rows: Sequence[Any]) -> list[list[str]]:
    return [[entry.written for entry in row] for row in rows]


# --- How many of those asked answered ---------------------------------------------------------


def test_the_footer_says_answered_invited_and_rate() -> None:
    """Three cohorts of 140 were invited, 180 answered."""
    said = [chart(survey("main_activity", school=""), language).response for language in Language]
    assert said == ["n = 180 / 420 (43\u00a0%)", "n = 180 / 420 (43\u00a0%)", "n = 180 / 420 (43%)"]
    drawn = chart(survey("main_activity"), FI)
    assert drawn.response == "Kaikki oppilaitokset: n = 180 / 420 (43\u00a0%)"
    assert drawn.footer.index(drawn.response) == len(drawn.footer) - 3, "before date and invented"


def test_several_times_give_a_span() -> None:
    """Ten answers of the newest cohort are left out, so that it has 50."""
    cells = [
        replace(c, n=50) if c.group.cohort == "2020" else c
        for c in employed(survey="base", cohort=("2019", "2020"), block="").cells
    ]
    drawn = chart(Table("main_activity", tuple(cells)), FI, option="employed", form="lines")
    assert drawn.response == "n = 50–60 / 140 (36–43\u00a0%)"


def test_a_round_without_a_frame_says_so() -> None:
    drawn = chart(survey("main_activity", survey="followup", school=""), FI)
    assert drawn.response == "n = 180 (kutsuttujen määrä ei ole tiedossa)"
    several = chart(survey("main_activity", survey="followup", school=("kuopio", "tampere")), EN)
    assert several.response == "How many were invited is not known"
    assert "Invited" not in [column.name for column in several.twin.columns]


def test_an_edition_from_before_frames_is_drawn() -> None:
    drawn = chart(survey("main_activity", school=""), SV, without_frame())
    assert drawn.response == "n = 180 (antalet inbjudna är inte känt)"


def test_table_and_files_have_invited_and_rate_beside_each_group() -> None:
    drawn = FORMS["dots"](FI)
    names = [column.name for column in drawn.twin.columns]
    assert names[-3:] == ["n", "Kutsuttu", "Vastausprosentti"]
    assert written(drawn.twin.rows)[0][-3:] == ["45", "70", "64\u00a0%"]
    assert written(drawn.twin.rows)[2][-3:] == ["–", "–", "–"], "withheld"
    head, kuopio, *_ = csv_file.write(drawn, small_edition()).decode("utf-8-sig").split("\r\n")
    place = head.split(";").index("Kutsuttu")
    assert kuopio.split(";")[place - 1 : place + 2] == ["45", "70", "64,3"]
    assert xlsx_file.write(drawn, small_edition())


def test_all_blocks_of_a_broken_question_were_asked_since_the_break() -> None:
    """The base survey of 2020 asks the cohort 2019: two of the four blocks, of 420 each."""
    table = employed(survey="base", school="", block="blocks")
    assert chart(table, FI).response == "n = 540 / 1\u202f260 (43\u00a0%)"
    assert chart(table, FI, versioned("broken")).response == "n = 540 / 840 (64\u00a0%)"


def test_all_blocks_of_a_younger_question_are_those_that_its_table_has() -> None:
    """The graduates of 2013–2018 were not asked it: two of the four blocks, of 420 each."""
    table = employed(survey="base", school="", block="blocks")
    edition = small_edition()
    whole = edition.table("main_activity")
    younger = whole.where(lambda cell: cell.group.block not in ("2013-2015", "2016-2018"))
    asked = replace(edition, tables={**edition.tables, "main_activity": younger})
    assert chart(table, FI, asked).response == "n = 540 / 840 (64\u00a0%)"


# --- How sure it is ---------------------------------------------------------------------------


def test_the_finite_frame_narrows_the_interval() -> None:
    """30 of 50 when 100 were asked: n counts as 50 · 99 / 50 = 99; with the pencil 0.502–0.692."""
    assert wilson(0.6, 50, 100) == pytest.approx(wilson(0.6, 99))
    assert wilson(0.6, 50, 100) == pytest.approx((0.5015, 0.6910), abs=5e-4)
    assert wilson(0.6, 50, 50) is None and wilson(0.6, 0) is None
    assert wilson(0.6, 50, 40) == wilson(0.6, 50), "such a frame is not of these people"


def test_whiskers_stand_where_a_chart_has_single_shares_and_none_where_everyone_answered() -> None:
    sentence = "Ohut viiva on 95"
    course = employed(survey="base", cohort=("2019", "2020"), block="", school="")
    for table, form in ((course, "lines"), (survey("main_activity"), "dots"),
                        (survey("main_activity"), "bars")):  # fmt: skip
        drawn = chart(table, FI, option="employed", form=form)
        assert traces(drawn, "whiskers") and any(sentence in note for note in drawn.notes), form
        sure = tuple(replace(cell, low=None, high=None) for cell in table.cells)
        told = chart(replace(table, cells=sure), FI, option="employed", form=form)
        assert not told.has_whiskers and not any(sentence in note for note in told.notes), form
    assert traces(FORMS["options"](FI), "whiskers")
    assert not FORMS["stacked"](FI).has_whiskers


def test_an_annual_interval_is_no_confidence_interval() -> None:
    few = Cell(Group(school="kuopio", year="2024"), state=State.INTERVAL, low=1.0, high=4.0)
    assert not chart(Table("students", (few,)), FI, form="bars").has_whiskers


def mark(count: int, n: int, invited: int | None = None) -> Mark:
    return Mark("", State.SHOWN, 100 * count / n, 0, "", "", n=n, count=count, invited=invited)


def test_the_frame_decides_whether_the_others_differ_clearly() -> None:
    """30 of 45 against 90 − … of the other 135: unclear of an endless population, clear when 45 of
    50 and 135 of 150 answered."""
    assert against_the_others(mark(30, 45), mark(101, 180)) == 0.0
    difference = against_the_others(mark(30, 45, 50), mark(101, 180, 200))
    assert difference == pytest.approx(30 / 45 - 71 / 135)
    assert against_the_others(mark(30, 45, 45), mark(101, 180, 180)) == pytest.approx(
        30 / 45 - 71 / 135
    )
    assert share_of(30, 45, 45) == share_of(30, 45, 45).__class__(30 / 45, 30 / 45, 30 / 45)


def test_the_commonest_of_two_answers_of_the_same_persons() -> None:
    """Of 30 who gave one of the two, 20 are clearly not more than half (0.488 to 0.808), 22 are."""
    assert not is_clearly_commoner(mark(20, 50), mark(10, 50))
    assert is_clearly_commoner(mark(22, 50), mark(8, 50))
    assert is_clearly_commoner(mark(20, 50, 60), mark(10, 50, 60)), "nearly everyone answered"


def distribution(counts: dict[str, int], school: str = "") -> tuple[Cell, ...]:
    n = sum(counts.values())
    group = Group(survey="base", block="2019-2021", school=school)
    return tuple(
        Cell(group, option, State.SHOWN, count / n, *(wilson(count / n, n) or ()), count, n)
        for option, count in counts.items()
    )


def test_an_unclear_difference_is_said_in_the_headline_of_every_form() -> None:
    close = distribution({"employed": 20, "full_time_student": 18, "unemployed": 4})
    for form in ("stacked", "options"):
        drawn = chart(Table("main_activity", close), FI, form=form)
        assert drawn.headline == "Pääasiallinen toiminta: yleisin vastaus ei ole selvä", form
    cells = survey("main_activity", school=("", "kuopio"))
    own = [chart(cells, one, form="stacked", own_school="kuopio").headline for one in Language]
    assert own[0] == "Kuopio, työllinen: 73\u00a0%, selvästi muita useammin"
    assert own[2] == "Kuopio, employed: 73%, clearly above the others"
    own_close = distribution({"employed": 30, "full_time_student": 15}, "kuopio")
    all_close = distribution({"employed": 110, "full_time_student": 70})
    table = Table("main_activity", (*all_close, *own_close))
    for form in ("stacked", "options"):
        drawn = chart(table, FI, without_frame(), form=form, own_school="kuopio")
        assert drawn.headline == "Kuopio, työllinen: 67\u00a0%, ero muihin ei ole selvä", form


def test_a_scale_compares_the_positive_answers_with_the_others() -> None:
    assert FORMS["diverging"](EN).headline == "Kuopio: positive 71%, difference from others unclear"


# --- Versions ---------------------------------------------------------------------------------


def course(edition: Edition, form: str = "lines", **chosen: Any) -> Chart:
    wanted = {"survey": "base", "school": "", "block": "", "cohort": ("2017", "2018", "2019")}
    return chart(employed(**(wanted | chosen)), FI, edition, option="employed", form=form)


@pytest.mark.parametrize(
    ("relation", "is_joined", "is_noted"),
    [("same", True, False), ("recoded", True, True), ("broken", False, True)],
)
def test_lines_over_a_version(relation: str, is_joined: bool, is_noted: bool) -> None:
    """The survey of 2020 asks the cohort 2019."""
    drawn = course(versioned(relation))
    line = next(t for t in screen.figure(drawn)["data"] if t.get("mode") == "lines+markers")
    assert (None not in line["y"]) is is_joined
    assert ("Näin se muuttui." in drawn.notes) is is_noted
    assert [line.reason for line in drawn.breaks] == ([] if is_joined else [CHANGED])
    rows = [row[0] for row in written(drawn.twin.rows)]
    parted = [] if is_joined else [f"Katko: {CHANGED}"]
    assert rows == ["2017–18", "2018–19", *parted, "2019–20"]
    small = course(versioned(relation), "sparkline")
    assert (None not in screen.figure(small)["data"][0]["y"]) is is_joined


def test_a_note_of_a_version_is_left_out_where_only_the_new_question_is_shown() -> None:
    for relation in ("recoded", "broken"):
        assert "Näin se muuttui." not in course(versioned(relation), cohort=("2019", "2020")).notes


def test_rows_of_both_sides_are_parted_in_chart_and_table() -> None:
    table = employed(survey="base", school="", cohort=("2018", "2019"), block="")
    drawn = chart(table, FI, versioned("broken"), form="stacked")
    assert len(screen.figure(drawn)["layout"]["shapes"]) == 1
    assert [row[0] for row in written(drawn.twin.rows)] == [
        "2019–20", f"Katko: {CHANGED}", "2018–19",
    ]  # fmt: skip


def test_a_slope_is_not_joined_where_one_survey_asked_before_the_break() -> None:
    """The cohort 2017 was asked in 2018 and in 2020; the cohort 2019 in 2020 and 2022."""
    for cohort, parted in (("2017", True), ("2019", False)):
        table = employed(cohort=cohort, block="", school="")
        drawn = chart(table, FI, versioned("broken"), form="slope")
        line = next(t for t in screen.figure(drawn)["data"] if t.get("mode") == "lines+markers")
        assert (None in line["y"]) is parted
        assert any("Katko" in row[0] for row in written(drawn.twin.rows)) is parted
        assert bool(drawn.breaks) is parted


def test_two_surveys_in_one_chart_are_cut_at_the_break_of_each() -> None:
    table = employed(survey=("base", "followup"), school="", block="")
    drawn = chart(table, FI, versioned("broken"), option="employed", form="lines")
    assert [line.before for line in drawn.breaks] == ["2017", "2019"]


def test_a_survey_of_many_cohorts_is_cut_where_its_rounds_say_or_everywhere() -> None:
    cells = tuple(
        replace(cell, group=replace(cell.group, survey="wide"))
        for cell in employed(survey="base", school="", block="").cells
    )
    table = Table("main_activity", cells).select(cohort=("2017", "2018", "2019", "2020", "2021"))
    rounds = (
        replace(small_edition().rounds[0], survey="wide", survey_year=2017, last_cohort=2015),
        replace(
            small_edition().rounds[0],
            survey="wide",
            survey_year=2023,
            first_cohort=2019,
            last_cohort=2021,
        ),
    )
    told = replace(versioned("broken"), rounds=rounds)
    known = chart(table, FI, told, option="employed", form="lines")
    assert [line.before for line in known.breaks] == ["2019"]
    unknown = chart(
        table, FI, versioned("broken", without_frame()), option="employed", form="lines"
    )
    assert [line.before for line in unknown.breaks] == ["2018", "2019", "2020"]


def test_a_note_from_a_report_follows_its_graduates_alone() -> None:
    said = Text("Raportista.", "Ur en rapport.", "From a report.")
    note = Note(said, indicator="main_activity", survey="base", block="2013-2015")
    edition = replace(small_edition(), notes=(note,))
    table = employed(survey="base", school="")
    assert "Raportista." in chart(table.select(block="2013-2015"), FI, edition).notes
    assert "Raportista." not in chart(table.select(block="2016-2018"), FI, edition).notes
    followup = employed(survey="followup", school="", block="2013-2015")
    assert "Raportista." not in chart(followup, FI, edition).notes


# --- Scales and details -----------------------------------------------------------------------


def test_a_mean_stands_beside_each_distribution_that_is_shown() -> None:
    """Of 180: 9, 18, 27, 72, 54 on 1–5, so that the mean is 684 / 180 = 3,8; Turku is withheld."""
    drawn = FORMS["diverging"](FI)
    assert [(mean.place.split("|")[0], mean.written) for mean in drawn.means][0] == ("", "3,8")
    assert len(drawn.means) == 2 and not any("turku" in mean.place for mean in drawn.means)
    assert any("asteikolla 1–5" in note for note in drawn.notes)
    assert [column.name for column in drawn.twin.columns][-4] == "Keskiarvo"
    texts = [note["text"] for note in screen.figure(drawn)["layout"]["annotations"]]
    assert "ka. 3,8" in texts


def test_a_mean_rests_on_ten_answers_on_the_scale() -> None:
    for best, has_mean in ((9, False), (10, True)):
        cells = distribution({"5": best, "cannot_say": 5})
        table = Table("satisfaction_overall", cells)
        question = small_edition().catalogue.questions["satisfaction_overall"]
        if "cannot_say" not in {choice.code for choice in question.choices}:
            table = Table("satisfaction_overall", distribution({"5": best}))
        drawn = chart(table, FI, form="diverging")
        assert [mean.written for mean in drawn.means] == (["5,0"] if has_mean else [])


def test_a_subtitle_says_whether_one_answer_or_several_were_given() -> None:
    main = chart(survey("main_activity", school=""), FI).subtitle
    every = chart(survey("all_activities", school=""), FI).subtitle
    assert "yksi vastaus" in main and "useita vastauksia" in every


# --- Who answered -----------------------------------------------------------------------------


def test_over_and_under_represented_schools_are_told_in_sentences() -> None:
    """Kuopio: 23 of 140 invited (16 %) and 15 of 60 answers (25 %); Turku's 33 and 42 % are near
    enough to be chance."""
    drawn = FORMS["representation"](FI)
    assert drawn.headline == (
        "Tampere on vastaajissa aliedustettu: 50\u00a0% kutsutuista, 33\u00a0% vastaajista"
    )
    kuopio = "Kuopio on vastaajissa yliedustettu: 16\u00a0% kutsutuista, 25\u00a0% vastaajista."
    assert kuopio in drawn.notes and "Muut erot mahtuvat sattuman rajoihin." in drawn.notes
    assert [row[-1] for row in written(drawn.twin.rows)] == [
        "sattuman rajoissa", "yliedustettu", "aliedustettu",
    ]  # fmt: skip
    assert written(drawn.twin.rows)[1][1:7] == [
        "23", "15", "65\u00a0%", "16,4\u00a0%", "25,0\u00a0%", "+8,6",
    ]  # fmt: skip


def test_who_answered_is_not_told_without_a_frame() -> None:
    everyone, kuopio = (
        Group(survey="base", cohort="2024"),
        Group("kuopio", survey="base", cohort="2024"),
    )
    cells = []
    for group, n in ((everyone, 60), (kuopio, 15)):
        cells += [Cell(group, INVITED, State.NO_ANSWER), Cell(group, ANSWERED, value=float(n))]
    drawn = chart(Table(FRAME, tuple(cells)), FI, form="representation")
    assert drawn.is_empty
    assert written(drawn.twin.rows)[0][1:3] == ["ei tiedossa", "15"]


def test_a_recoding_into_classes_breaks_the_figure_by_choices() -> None:
    edition = versioned("recoded")
    indicators = dict(edition.content["indicators"])
    indicators["main_activity"] = {**indicators["main_activity"], "detailed": True}
    detailed = replace(edition, content={**edition.content, "indicators": indicators})
    assert [line.before for line in course(detailed).breaks] == ["2019"]
