"""What disclosure control does is readable in every chart: folds, withheld groups and options."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.charts_for_tests import as_json, chart
from tests.editions_for_tests import (
    AREA,
    BLOCKS,
    NEWEST,
    RARE,
    RARE_TOO,
    folded,
    protected_edition,
    small_edition,
)
from yearbook.charts import Chart, View, screen
from yearbook.charts.description import Mark, Role
from yearbook.charts.folds import in_key, in_order, named, named_shortly
from yearbook.charts.levels import in_tenths
from yearbook.charts.material import Material
from yearbook.charts.style import DARK, LIGHT, contrast
from yearbook.editions import FOLD, Cell, Group, State, Table
from yearbook.exports import csv as csv_file
from yearbook.exports import xlsx as xlsx_file
from yearbook.language import Language

FI, SV, EN = Language.FI, Language.SV, Language.EN
CODE, CODE_TOO = FOLD.join(RARE), FOLD.join(RARE_TOO)
NAME = {
    FI: "Muut tai muuttanut ulkomaille",
    SV: "Övriga eller flyttat utomlands",
    EN: "Others or moved abroad",
}
NOBREAK = "\u00a0"


def draw(indicator: str, language: Language = FI, **view: Any) -> Chart:
    """Of the protected edition; what is chosen of its cells in `chosen`."""
    chosen = view.pop("chosen")
    table = protected_edition().table(indicator).select(survey="base", **chosen)
    return chart(table, language, protected_edition(), **view)


def by_cohort(language: Language = FI, **view: Any) -> Chart:
    """Twelve cohorts of the area: two with folds, one withheld."""
    return draw("main_activity", language, chosen={"programme": AREA, "block": ""}, **view)


def kuopio(language: Language = FI, indicator: str = "main_activity", **view: Any) -> Chart:
    chosen = {"programme": "", "block": NEWEST, "school": ("", "kuopio")}
    return draw(indicator, language, chosen=chosen, own_school="kuopio", **view)


def bars(drawn: Chart, dark: bool = False) -> list[dict[str, Any]]:
    """Without what fills the row of a withheld group."""
    data = screen.figure(drawn, dark)["data"]
    return [t for t in data if t["type"] == "bar" and t.get("meta") != "withheld"]


def notes_in(drawn: Chart) -> list[str]:
    return [note["text"] for note in screen.figure(drawn)["layout"]["annotations"]]


# --- Names and order ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_a_fold_is_named_by_its_options(language: Language) -> None:
    drawn = by_cohort(language)
    assert NAME[language] in [column.name for column in drawn.twin.columns]


def test_names_that_cannot_be_joined_are_listed_and_long_ones_are_counted() -> None:
    words = {"charts.fold.or": "tai", "charts.fold.together": "Yhteensä"}
    words["charts.fold.many"] = "vaihtoehtoa yhteensä"
    assert named(["Työtön", "Muu", "Länsi-Suomi"], words.__getitem__) == (
        "Työtön, muu tai Länsi-Suomi"
    )
    assert named(["Koti tai vapaa", "Muu"], words.__getitem__) == "Yhteensä: Koti tai vapaa; Muu"
    long = ["Vapaaehtoistyö tai harrastustoiminta alalla", "Muu", "En osaa sanoa"]
    assert named_shortly(long, words.__getitem__) == "3 vaihtoehtoa yhteensä"
    assert named_shortly(["Muu", "Ei"], words.__getitem__) == "Muu tai ei"


def test_folds_stand_after_their_options_wherever_the_edition_has_them() -> None:
    assert in_order(["b+c", "a", "b", "c", "d", "a+b+c", "c+d"]) == (
        "a", "b", "c", "b+c", "a+b+c", "d", "c+d",
    )  # fmt: skip


# --- Parts of a whole --------------------------------------------------------------------------


def test_rows_with_and_without_folds_are_whole_and_keep_their_colours() -> None:
    drawn, plain = by_cohort(), chart(small_edition().table("main_activity").select(
        survey="base", programme="", school="", cohort="2020"), FI)  # fmt: skip
    for cohort in ("2013", "2019", "2020"):
        place = next(p.key for p in drawn.places if p.key.endswith(f"|{cohort}"))
        whole = sum(m.value or 0 for s in drawn.series if (m := s.at(place)))
        assert whole == pytest.approx(100), cohort
    ranks = {s.key: s.rank for s in drawn.series if s.role is not Role.FOLD}
    assert ranks == {s.key: s.rank for s in plain.series}
    assert [s.key for s in drawn.series if s.role is Role.FOLD] == [CODE, CODE_TOO]


def test_the_key_lists_folds_once_and_no_option_that_is_folded_everywhere() -> None:
    names = [name for name, _ in in_key(by_cohort().series, by_cohort().fold_label)]
    assert names[-1] == "Yhteen laskettuja vaihtoehtoja" and len(names) == 6
    alone = draw(
        "main_activity",
        chosen={"programme": "", "block": NEWEST, "school": "kuopio"},
        form="stacked",
    )
    names = [name for name, _ in in_key(alone.series, alone.fold_label)]
    assert names == ["Työllinen", "Päätoiminen opiskelija", "Työtön", NAME[FI]]
    told = [t["name"] for t in bars(by_cohort()) if t["showlegend"]]
    assert told == ["Työllinen", "Päätoiminen opiskelija", "Työtön", "Muut",
                    "Muuttanut ulkomaille", "Yhteen laskettuja vaihtoehtoja"]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_a_fold_has_a_sign_of_its_own_that_is_no_colour_of_an_option(dark: bool) -> None:
    theme = DARK if dark else LIGHT
    trace = next(t for t in bars(by_cohort(), dark) if t["x"] == [pytest.approx(7.5)])
    marker = trace["marker"]
    assert marker["pattern"]["shape"] == "x" and marker["color"] not in theme.classes
    assert contrast(marker["line"]["color"], theme.ground) >= 3.0, "its contour"
    assert contrast(trace["insidetextfont"]["color"][0], marker["color"]) >= 4.5, "its number"


def test_table_and_hover_say_with_what_an_option_is_counted() -> None:
    drawn = kuopio()
    row = drawn.twin.rows[1]
    found = {c.name: e for c, e in zip(drawn.twin.columns, row, strict=True)}
    assert found["Muut"].written == "laskettu yhteen" and found["Muut"].number is None
    assert found["Muut"].why == f"Laskettu yhteen: {NAME[FI]} 7{NOBREAK}%"
    assert found[NAME[FI]].number == 7.0, "3 of 45"
    fold = next(s for s in drawn.series if s.role is Role.FOLD).marks[0]
    assert fold.says.split("\n")[1] == f"{NAME[FI]}: 7{NOBREAK}% (3 vastaajaa 45:stä)"
    assert f"{NAME[FI]} (Kuopio)." in drawn.notes[0]
    assert drawn.places[1].label.endswith("45)"), "n, though the last options have none"


# --- One option --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_a_line_stops_where_its_option_is_folded_or_withheld_and_says_why(
    language: Language,
) -> None:
    """Folded in 2013 and 2020, withheld in 2021."""
    drawn = by_cohort(language, option="others", form="lines")
    figure = screen.figure(drawn)
    line = next(t for t in figure["data"] if t.get("mode") == "lines+markers")
    assert [i for i, value in enumerate(line["y"]) if value is None] == [0, 7, 8]
    strip = next(t for t in figure["data"] if t.get("meta") == "withheld")
    assert strip["x"] == [0, 7, 8]
    assert NAME[language] in strip["hovertext"][0]
    withheld = dict(drawn.states)[State.WITHHELD]
    assert withheld in strip["hovertext"][2]
    assert all(word in notes_in(drawn) for _, word in drawn.state_words)
    assert as_json(figure)


def test_rows_of_one_option_say_in_words_why_there_is_no_dot() -> None:
    chosen = {"programme": "", "block": NEWEST}
    drawn = draw("main_activity", chosen=chosen, option="others", form="dots", own_school="kuopio")
    told = [note for note in notes_in(drawn) if note.startswith("– ")]
    assert sorted(told) == ["– laskettu yhteen", "– suojattu"]
    hovers = [n["hovertext"] for n in screen.figure(drawn)["layout"]["annotations"]
              if n.get("hovertext")]  # fmt: skip
    assert any(f"{NAME[FI]} 7{NOBREAK}%" in text for text in hovers)
    assert drawn.withheld == "Yksi ryhmä 4 ryhmästä on suojattu, jotta ketään ei voi tunnistaa."


# --- Headlines ---------------------------------------------------------------------------------


def test_a_headline_names_no_fold_and_no_option_that_a_fold_may_surpass() -> None:
    group = Group(survey="base", block=NEWEST)
    table = small_edition().table("main_activity").select(survey="base", block=NEWEST, school="")
    table = table.select(programme="")
    assert chart(table, FI).headline == "Työllinen: kuusi kymmenestä vastaajasta"
    small = folded(table, group, RARE)
    assert chart(small, FI).headline == "Työllinen: kuusi kymmenestä vastaajasta"
    large = folded(table, group, ("employed", "full_time_student"))
    said = "Pääasiallinen toiminta: yleisin vastaus ei ole selvä"
    assert chart(large, FI).headline == said
    assert chart(large, FI, form="options").headline == said
    close = folded(table, group, ("full_time_student", "unemployed", "others", "emigrated"))
    assert chart(close, FI).headline == "Työllinen: kuusi kymmenestä vastaajasta", "108 of 180"


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        (63.0, "kuusi kymmenestä vastaajasta"),
        (57.0, "kuusi kymmenestä vastaajasta"),
        (55.0, "55 % vastaajista"),
        (64.0, "64 % vastaajista"),
        (4.0, "4 % vastaajista"),
    ],
)
def test_a_headline_counts_in_tenths_where_the_share_is_near_one(percent: float, told: str) -> None:
    table = small_edition().table("main_activity").select(survey="base", block=NEWEST)
    material = Material(small_edition(), table, View(FI))
    mark = Mark("", State.SHOWN, percent, percent, f"{percent:.0f} %", "")
    assert in_tenths(material, mark) == told


def test_the_options_form_has_a_row_for_the_fold_and_words_for_its_options() -> None:
    drawn = kuopio(form="options")
    assert [place.key for place in drawn.places][-2:] == ["emigrated", CODE]
    told = [note for note in notes_in(drawn) if note == "– laskettu yhteen"]
    assert len(told) == 2, "where Kuopio's bars would be; everyone's are there"
    shapes = [t["marker"].get("pattern", {}).get("shape") for t in bars(drawn)]
    assert shapes == [None, ["", "", "", "x"]]


# --- Scales ------------------------------------------------------------------------------------


def test_a_fold_on_one_side_of_a_scale_stays_there_and_leaves_no_mean() -> None:
    """Kuopio's 1 and 2 together: 5 of 45, as 2 and 3 would be."""
    drawn = kuopio(indicator="satisfaction_overall")
    assert drawn.form == "diverging" and drawn.fold_label.endswith("melko tyytymätön")
    fold = next(t for t in bars(drawn) if t["name"] == drawn.fold_label)
    assert all(x < 0 for x in fold["x"]) and fold["marker"]["pattern"]["shape"] == "x"
    assert [mean.place for mean in drawn.means] == [drawn.places[0].key]
    assert "Keskiarvoa ei lasketa, kun vastauksia on laskettu yhteen." in drawn.notes
    plain = chart(small_edition().table("satisfaction_overall").select(
        survey="base", block=NEWEST, programme="", school=("", "kuopio")), FI,
        own_school="kuopio")  # fmt: skip
    assert drawn.headline == plain.headline, "what is positive is known"
    colours = {t["legendgroup"]: t["marker"]["color"] for t in bars(plain)}
    assert all(colours[t["legendgroup"]] == t["marker"]["color"]
               for t in bars(drawn) if t["name"] != drawn.fold_label)  # fmt: skip


def test_a_fold_of_both_sides_stands_in_the_middle_and_no_one_counts_the_positive() -> None:
    chosen = {"programme": "", "block": NEWEST, "school": ("", "tampere")}
    drawn = draw("satisfaction_overall", chosen=chosen, own_school="tampere")
    folds = [t for t in bars(drawn) if t["legendgroup"] == "2+3+4"]
    assert [x for t in folds for x in t["x"]] == [-32.5, 32.5], "65 % in two halves"
    assert "positive" not in drawn.headline and "myönteisiä" not in drawn.headline


def test_a_withheld_row_of_a_scale_is_hatched_as_far_as_the_axis_goes() -> None:
    drawn = draw("satisfaction_overall", chosen={"programme": "", "block": NEWEST})
    figure = screen.figure(drawn)
    row = next(t for t in figure["data"] if t.get("meta") == "withheld")
    assert row["x"] == figure["layout"]["xaxis"]["range"] and row["y"] == [3, 3], "Turku, last"


# --- Several answers ---------------------------------------------------------------------------


def test_single_answers_are_withheld_while_others_of_the_group_are_shown() -> None:
    drawn = kuopio(indicator="all_activities")
    own = next(s for s in drawn.series if s.role is Role.OWN)
    hidden = [mark for mark in own.marks if mark.state is State.WITHHELD]
    assert len(hidden) == 2 and len(own.marks) - len(hidden) == 9
    assert notes_in(drawn).count("– suojattu") == 2
    names = {place.key: place.name for place in drawn.places}
    assert hidden[0].says.split("\n")[1].startswith(f"{names[hidden[0].place]}: – Suojattu")
    note = next(note for note in drawn.notes if note.startswith("Suojattu"))
    assert note.endswith("(Kuopio: varusmies- tai siviilipalvelus, muu).")
    assert drawn.withheld.startswith("Osa vastausvaihtoehdoista on suojattu")


# --- Withheld groups ---------------------------------------------------------------------------


def test_how_much_is_withheld_is_said_in_each_language_and_in_the_alt_text() -> None:
    said = [by_cohort(language).withheld for language in Language]
    assert said == [
        "Yksi ryhmä 12 ryhmästä on suojattu, jotta ketään ei voi tunnistaa.",
        "En av 12 grupper är skyddad, så att ingen kan kännas igen.",
        "One of 12 groups is withheld, so that no one can be recognised.",
    ]
    for language, sentence in zip(Language, said, strict=True):
        drawn = by_cohort(language)
        assert sentence in drawn.alt and len(drawn.alt) <= 300
    chosen = {"programme": "", "block": BLOCKS[1:3], "school": ("tampere", "turku")}
    drawn = draw("main_activity", EN, chosen=chosen)
    assert drawn.withheld == "2 of 4 groups are withheld, so that no one can be recognised."
    assert chart(small_edition().table("students").select(programme=""), FI).withheld == ""


# --- Files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_csv_and_workbook_show_a_fold_as_such(language: Language) -> None:
    drawn = by_cohort(language)
    text = csv_file.write(drawn, protected_edition()).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter="," if language is EN else ";")
    words = {
        FI: ("laskettu yhteen", "näytetään, laskettu yhteen"),
        SV: ("sammanräknat", "visas, sammanräknat"),
        EN: ("counted together", "shown, counted together"),
    }[language]
    state = next(i for i, name in enumerate(head) if name in ("Tila", "Status", "State"))
    by_state = {row[state] for row in rows if row[0] == "2013–14"}
    assert f"{words[0]}: {NAME[language]}" in by_state
    fold = next(row for row in rows if row[1] == NAME[language])
    assert fold[0] == "2013–14" and fold[2] == "8" and fold[state] == words[1], "3 of 40"
    assert sum(row[state].startswith(words[0]) for row in rows) == 2 + 3
    book = load_workbook(io.BytesIO(xlsx_file.write(drawn, protected_edition())))
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert values.count(words[0]) == 5 and NAME[language] in values and 0.08 in values
    assert any(str(v).startswith(f"{words[0]}: ") and NAME[language] in str(v) for v in values)
    reason = dict(drawn.states)[State.WITHHELD]
    assert f"–  {reason}" in values, "the same words as on the screen"


def test_a_folded_option_carries_no_number_into_a_chart_or_file() -> None:
    """A fold's options that by mistake have their counts, as disclosure never lets them."""
    table = protected_edition().table("main_activity")
    secret = 0.123456
    cells = tuple(
        replace(c, value=secret, count=7654321) if c.state is State.FOLDED else c
        for c in table.cells
    )
    chosen = Table(table.indicator, cells).select(survey="base", programme=AREA, block="")
    drawn = chart(chosen, EN, protected_edition())
    held = as_json(screen.figure(drawn)) + csv_file.write(drawn, protected_edition()).decode()
    held += repr(drawn)
    assert "7654321" not in held and "12.3456" not in held and "0.123456" not in held


def test_a_fold_known_only_to_lie_between_two_numbers_is_named_and_makes_no_headline() -> None:
    """As the public sees few persons: 1–4 of 45 who are content, counted together."""
    newest = Group(survey="base", block=NEWEST, school="kuopio")
    table = folded(small_edition().table("satisfaction_overall"), newest, ("4", "5"))
    cells = tuple(
        Cell(c.group, c.option, State.INTERVAL, low=0.02, high=0.09, n=45) if c.is_fold else c
        for c in table.by_group[newest]
    )
    drawn = chart(Table(table.indicator, cells), FI)
    fold = next(s for s in drawn.series if s.role is Role.FOLD).marks[0]
    option = next(s for s in drawn.series if s.key == "5").marks[0]
    assert fold.fold == "Melko tyytyväinen tai erittäin tyytyväinen" and fold.is_range
    assert option.why == f"Laskettu yhteen: {fold.fold} 2–9{NOBREAK}%"
    assert "myönteisiä" not in drawn.headline
