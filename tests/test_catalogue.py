"""The shipped catalogue means what it says, and a broken one says where it is broken."""

from __future__ import annotations

import ast
import copy
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue_meaning import faults
from yearbook.catalogue import SHIPPED, Catalogue, CatalogueError, Content, build, load, read

ROOT = SHIPPED.parent
MUSIC, DANCE, PRODUCTION = "321204", "321501", "324201"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def test_the_shipped_catalogue_has_no_fault(shipped: Catalogue) -> None:
    assert faults(shipped) == []


def test_sixteen_members_of_five_kinds_of_maintainer(shipped: Catalogue) -> None:
    kinds = Counter(school.maintainer_kind for school in shipped.schools.values())
    assert kinds == {
        "municipal": 3,
        "joint_authority": 4,
        "foundation": 4,
        "association": 2,
        "company": 3,
    }
    private = {code for code, kind in shipped.maintainer_kinds.items() if kind.extra["private"]}
    assert private == {"foundation", "association", "company"}


def test_what_the_members_teach(shipped: Catalogue) -> None:
    offered = Counter(code for school in shipped.schools.values() for code in school.offers)
    assert offered[MUSIC] == 16
    assert (offered[DANCE], offered["1606"]) == (2, 2)
    assert (offered["999907-music"], offered["999907-dance"]) == (11, 5)
    dancers = {code for code, school in shipped.schools.items() if DANCE in school.offers}
    assert dancers == {"live", "tampere"}


def test_one_member_works_in_swedish(shipped: Catalogue) -> None:
    swedish = [school for school in shipped.schools.values() if school.language == "sv"]
    assert [(school.code, school.town.sv) for school in swedish] == [("yrkesakademin", "Jakobstad")]


def test_codes_of_schools_are_kept_for_ever(shipped: Catalogue) -> None:
    """Figures and links of earlier editions hold these codes: add to the list, never change it."""
    kept = {
        "gradia", "helsinki", "joensuu", "kainuu", "keski-pohjanmaa", "kuopio", "kymi", "lahti",
        "lappia", "live", "oulu", "palmgren", "popjazz", "tampere", "turku", "yrkesakademin",
    }  # fmt: skip
    assert kept <= set(shipped.schools)


def test_national_codes_of_programmes_old_and_new(shipped: Catalogue) -> None:
    spelled = {code: {code, *p.also} for code, p in shipped.programmes.items()}
    assert {"1703", "1607"} <= spelled["1703"]
    assert {"1704", "1641"} <= spelled["1704"]
    assert {"1705", "1642"} <= spelled["1705"]
    parts = {code: p.part_of for code, p in shipped.programmes.items() if p.part_of}
    assert parts["1606"] == DANCE
    assert {parts[code] for code in ("2333", "2334", "2335")} == {PRODUCTION}


def test_breaks_at_the_reform_and_the_new_requirements(shipped: Catalogue) -> None:
    years = {found.code: found.year for found in shipped.breaks.values()}
    assert years == {
        "reform_2018": 2018,
        "requirements_2020": 2020,
        "survey_2020": 2020,
        "requirements_2026": 2026,
    }


def test_number_of_annual_questions_and_indicators(shipped: Catalogue) -> None:
    annual = [i for i in shipped.indicators.values() if i.source == "annual"]
    assert len(shipped.annual_questions) >= 40
    assert len(annual) >= 35
    published = {code for indicator in annual for code in indicator.questions}
    asked = {question.code for question in shipped.annual_questions}
    # Kept for reading beside the published ones; asked because the form always had them.
    assert asked - published == {"suspended", "basic_studies_pupils", "strategy_funding"}


def test_tiles_of_the_overview_come_first(shipped: Catalogue) -> None:
    first_three = list(shipped.indicators)[:3]
    assert first_three == ["students", "applicants_per_place", "graduates"]


def test_attractiveness_is_first_choice_applicants_over_places(shipped: Catalogue) -> None:
    indicator = shipped.indicators["applicants_per_place"]
    assert indicator.measure == "ratio"
    assert indicator.numerator == ("first_choice_applicants",)
    assert indicator.denominator == ("places",)
    assert ("school", "programme", "year") in indicator.by


def test_counts_of_vulnerable_students_are_sensitive(shipped: Catalogue) -> None:
    sensitive = {question.code for question in shipped.annual_questions if question.sensitive}
    assert sensitive == {"discontinued", "suspended", "special_support"}


def test_parts_are_never_more_than_their_whole(shipped: Catalogue) -> None:
    limits = {q.code: q.at_most for q in shipped.annual_questions if q.at_most}
    assert limits["new_students"] == "students"
    assert limits["first_choice_applicants"] == "applicants"
    assert limits["core_funding"] == "state_funding"
    assert limits["staff_costs"] == "total_costs"


def test_funding_by_results_is_asked_since_the_reform(shipped: Catalogue) -> None:
    since = {q.code: q.since for q in shipped.annual_questions if q.since}
    assert since == dict.fromkeys(
        (
            "core_funding",
            "effectiveness_funding",
            "performance_funding",
            "strategy_funding",
            "weighted_student_years",
        ),
        2018,
    )


@pytest.mark.parametrize(
    ("text", "means"),
    [("-", "no_answer"), ("..", "no_answer"), (".", "not_offered"), ("...", "withheld"),
     ("inga", "zero"), ("ei palautettu", "not_returned")],
)  # fmt: skip
def test_missing_value_codes(shipped: Catalogue, text: str, means: str) -> None:
    assert shipped.reading.missing[text] == means


# --- Every word that the code says exists -----------------------------------------------------


def _words_said() -> Iterator[tuple[str, str]]:
    """(file, key) of every `….word("key")` in the product's own code."""
    rooms = ("app.py", "door", "pages", "desk", "ui", "office", "data_loaders", "yearbook")
    for room in rooms:
        path = ROOT / room
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (key := _key_said(node)):
                    yield str(file.relative_to(ROOT)), key


def _key_said(call: ast.Call) -> str | None:
    is_word = isinstance(call.func, ast.Attribute) and call.func.attr == "word"
    if not is_word or len(call.args) != 1 or not isinstance(call.args[0], ast.Constant):
        return None
    return str(call.args[0].value)


def test_every_word_that_the_code_says_exists(shipped: Catalogue) -> None:
    lacking = [f"{file}: {key}" for file, key in _words_said() if key not in shipped.words]
    assert lacking == []


def test_a_word_is_kept_in_one_file_only() -> None:
    places: dict[str, list[str]] = {}
    for path in sorted((SHIPPED / "words").glob("*.toml")):
        for key in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            places.setdefault(key, []).append(path.name)
    assert {key: files for key, files in places.items() if len(files) > 1} == {}


def _flat(tree: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if "fi" in value:
            yield f"{prefix}{key}"
        else:
            yield from _flat(value, f"{prefix}{key}.")


# --- A broken catalogue says file and key -----------------------------------------------------

QUESTION = """
source = "annual"
type = "count"
headings = ["Opiskelijat"]
label = { fi = "Opiskelijat", sv = "Studerande", en = "Students" }
"""
SCHOOL = """
[[school]]
code = "x"
name = [{ fi = "X", sv = "X", en = "X" }]
town = { fi = "X", sv = "X", en = "X" }
region = "01"
"""


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("schools.toml", "school = [", ["schools.toml"]),
        ("schools.toml", SCHOOL.replace('region = "01"', ""), ["schools.toml", "x", "region"]),
        ("schools.toml", SCHOOL.replace(', sv = "X"', "", 1), ["schools.toml", "x", "name"]),
        ("schools.toml", SCHOOL + SCHOOL, ["school", "x", "twice"]),
        ("regions.toml", '[[region]]\ncode = "01"\n', ["regions.toml", "01", "name"]),
        ("breaks.toml", '[[break]]\ncode = "b"\n', ["breaks.toml", "b", "year"]),
        ("programmes.toml", '[[programme]]\ncode = "1"\n', ["programmes.toml", "1", "name"]),
        ("association.toml", "[product]\nfi = 'X'\n", ["association", "name"]),
        ("disclosure.toml", "[threshold]\nvalue = 5\n", ["disclosure.toml"]),
        ("questions/q.toml", QUESTION.replace("type", "kind"), ["questions/q.toml", "type"]),
        ("questions/q.toml", QUESTION.replace(', sv = "Studerande"', ""), ["q.toml", "label"]),
        ("indicators/i.toml", "source = 'annual'\n", ["indicators/i.toml"]),
        ("words/w.toml", "[page]\ntitle = 'Otsikko'\n", ["words/w.toml", "title"]),
        ("words/w.toml", "[page.title]\nfi = 'Otsikko'\n", ["words/w.toml", "title"]),
    ],
)
def test_a_broken_file_is_named_with_its_key(
    tmp_path: Path, file: str, content: str, said: list[str]
) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load(tmp_path)
    assert [word for word in said if word not in str(error.value)] == []


# --- A catalogue that reads well and means nonsense -------------------------------------------


@lru_cache(maxsize=1)
def _content() -> Content:
    return read()


def _changed(*path: str | int, to: object) -> Catalogue:
    """The shipped catalogue with one value changed."""
    return build(_with(_content(), path, to))


def _with(content: Any, path: Sequence[str | int], to: object) -> Any:
    """A copy in which only what lies on the path is new."""
    copied = copy.copy(content)
    copied[path[0]] = _with(copied[path[0]], path[1:], to) if len(path) > 1 else to
    return copied


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("schools", "school", 0, "region"), "99", "region: there is no '99'"),
        (("schools", "school", 0, "maintainer_kind"), "club", "maintainer_kind: there is no"),
        (("schools", "school", 0, "offers"), ["123456"], "offers: there is no '123456'"),
        (("schools", "school", 0, "offers"), [MUSIC], "offers: 321204 stands without"),
        (("schools", "school", 0, "also"), ["kuopion  KONS."], "also means schools.toml: helsinki"),
        (("schools", "school", 0, "latitude"), 24.9, "latitude, longitude: the point is not in"),
        (("programmes", "programme", 0, "first"), 10000, "first: it begins after its last year"),
        (("programmes", "programme", 6, "part_of"), "0", "part_of: there is no '0'"),
        (("questions", "new_students", "at_most"), "euros", "at_most: there is no 'euros'"),
        (("questions", "new_students", "at_most"), "staff_costs", "not in the same unit"),
        (("questions", "new_students", "headings"), [], "headings: there are none"),
        (("questions", "new_students", "headings"), ["OPISKELIJAT"], "means questions/new_"),
        (("questions", "new_students", "headings"), ["Oppilaitos"], "reading.toml: roles: school"),
        (("questions", "new_students", "unit"), "furlongs", "no unit.furlongs"),
        (("indicators", "students", "breaks"), ["flood"], "breaks: there is no 'flood'"),
        (("indicators", "students", "question"), "pupil", "question: there is no 'pupil'"),
        (("indicators", "students", "by"), [["town", "year"]], "by: there is no 'town'"),
        (("indicators", "students", "by"), [["school"]], "by: an annual figure without a year"),
        (("indicators", "students", "by"), [["year", "school"]], "not in the order"),
        (("indicators", "events", "by"), [["programme", "year"]], "not every question is asked"),
        (("indicators", "events", "theme"), "fun", "no theme.fun"),
        (("indicators", "main_activity", "by"), [["school", "cohort"]], "not in the lattice"),
        (("breaks", "break", 0, "reason", "sv"), "x" * 51, "reason.sv is over 50"),
        (("reading", "roles", "hat"), ["Hattu"], "roles: there is no 'hat'"),
    ],
)  # fmt: skip
def test_a_fault_of_meaning_is_found(path: tuple[str | int, ...], to: object, said: str) -> None:
    found = faults(_changed(*path, to=to))
    assert [sentence for sentence in found if said in sentence], found


def test_a_sentence_left_in_another_language_is_found() -> None:
    same = {"fi": "Luku on summa.", "sv": "Luku on summa.", "en": "The figure is a sum."}
    found = faults(_changed("indicators", "students", "definition", to=same))
    assert "indicators/students.toml: definition: two languages say the same" in found


def test_what_is_read_is_ones_own_and_a_file_that_changes_is_read_anew(tmp_path: Path) -> None:
    first = read()
    first["schools"]["school"].clear()
    assert len(read()["schools"]["school"]) > 0
    file = tmp_path / "breaks.toml"
    for year in (2018, 2019):
        file.write_text(f"[[break]]\nyear = {year}\n", encoding="utf-8")
        assert read(tmp_path)["breaks"] == {"break": [{"year": year}]}
