"""The desk says what is protected, why, and that the audit has passed, in words of a principal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from desk.publication import asked, protected, report, withheld
from desk.publication.writing import write_duration, write_shown
from office.unsafe import refusal_of
from tests.editions_for_tests import small_edition
from ui import policy
from ui.visit import DIRECTOR, Visitor
from yearbook.editions import ANSWERED, FRAME, Cell, Edition, Group, State, Table
from yearbook.language import Language
from yearbook.publication.unsafe import Unsafe, UnsafeError

NARROW, NO_BREAK = "\u202f", "\u00a0"


def counts(**said: int) -> dict[str, int]:
    return (
        dict.fromkeys(("large", "shown", "possible", "folded", "small", "complementary"), 0) | said
    )


# Main activity: of 10 competence areas by period 7 are shown, 8 could be, 1 with a fold.
MAIN = {
    "cuts": {
        "block": counts(large=4, shown=4, possible=4),
        "programme+block": counts(
            large=10, shown=7, possible=8, folded=1, small=3, complementary=3
        ),
    },
    "findings": {"zero": 12, "inherited": 3, "common": 0},
    "checked": 1446,
    "witnessed": 1300,
    "programs": 40,
    "kept": 9,
    "waiting": {"2024": 3},
    "folds": [["programme+block", "others+emigrated", 1]],
}
# Satisfaction is sensitive: ten answers, and one period is too much of one mind.
SATISFACTION = {
    "cuts": {"block": counts(large=4, shown=3, possible=4, small=2, complementary=1)},
    "findings": {"zero": 5, "inherited": 0, "common": 0},
    "checked": 21_000,
    "witnessed": 20_900,
    "programs": 60,
    "kept": 0,
    "waiting": {"2024": 2, "2023": 1},
    "folds": [],
}


def audited(**findings: int) -> Edition:
    """A small edition with the report that a publication would give it."""
    audit: dict[str, Any] = {"passed": True, "cells": 22_446}
    return replace(
        small_edition(),
        report={
            "protection": {
                "satisfaction_overall/base": SATISFACTION,
                "main_activity/base": MAIN,
            },
            "annual": {
                "discontinued/2023": {"small": 3, "complementary": 1},
                "discontinued/2024": {"small": 2, "kept": 4},
            },
            "audit": audit | {"zero": 0, "inherited": 0, "common": 0} | findings,
        },
        took={"main_activity/base": 101.2, "satisfaction_overall/base": 59.9},
    )


def director(language: Language = Language.EN) -> Visitor:
    return Visitor(language, "", DIRECTOR, "2026.1")


@pytest.mark.parametrize(
    "language, says",
    [
        (Language.FI, f"Tarkastus on läpäisty: 22{NARROW}446 suojattua lukua tutkittiin, "
                      "eikä yhtäkään voi laskea siitä, mitä näytetään."),
        (Language.SV, f"Granskningen är godkänd: 22{NARROW}446 skyddade tal undersöktes, "
                      "och inget av dem kan räknas fram ur det som visas."),
        (Language.EN, "The audit has passed: 22,446 protected figures were examined, "
                      "and none of them can be worked out from what is shown."),
    ],
)  # fmt: skip
def test_the_verdict_is_one_sentence(language: Language, says: str) -> None:
    assert protected.verdict(audited(), director(language)) == says


def test_the_verdict_tells_of_what_the_rules_accept() -> None:
    assert "There are 20 conclusions that they allow, 17 of them zeros" in protected.verdict(
        audited(zero=17, inherited=3), director()
    )


def test_where_nothing_is_new_nothing_is_said_to_be_examined() -> None:
    edition = replace(
        small_edition(), report={"audit": {"passed": True, "cells": 0}}, took={"a": 0.2}
    )
    assert protected.verdict(edition, director(Language.EN)) == (
        "The audit has passed: there are no new protected figures in the surveys."
    )
    assert protected.sentences(edition, director()) == []


def test_an_edition_of_before_has_no_verdict() -> None:
    assert protected.verdict(small_edition(), director()) == ""


def test_an_audit_that_has_not_passed_says_so() -> None:
    edition = replace(small_edition(), report={"audit": {"passed": False, "cells": 10}})
    assert protected.verdict(edition, director()) == (
        "The audit has not passed. This cannot be published."
    )


def test_it_says_how_long_it_took_how_it_was_done_and_what_waits() -> None:
    took, how, waits = protected.sentences(audited(), director())
    assert "2 min 41 s" in took  # 101.2 + 59.9
    assert "for 22,200 figures another table was found" in how  # 1,300 + 20,900
    assert "100 calculations" in how
    # Three answers of 2024 to one question, two to another: at most the same three people.
    assert "graduates of 2023–24 (1), Graduate survey, graduates of 2024–25 (3)" in waits


def test_groups_are_added_up_by_grouping() -> None:
    whole = report.by_cut(report.protected(audited()), small_edition().catalogue.policy)
    assert whole["block"] == report.Count(large=8, shown=7, possible=8, small=2, complementary=1)
    assert list(whole) == ["block", "programme+block"]


@pytest.mark.parametrize("shown, large, says", [(199, 200, "199 (99%)"), (200, 200, "200 (100%)")])
def test_all_of_them_is_said_of_all_of_them_only(shown: int, large: int, says: str) -> None:
    assert write_shown(report.Count(shown=shown, large=large), director()) == says


def test_the_question_of_which_most_stays_out_comes_first() -> None:
    ordered = asked.in_order(report.protected(audited()))
    assert [one.question for one in ordered] == [
        "satisfaction_overall",
        "main_activity",
    ]  # 75 %, 78 %


def test_why_groups_are_missing_is_told_with_numbers() -> None:
    main = next(q for q in report.protected(audited()) if q.question == "main_activity")
    small, forced, chosen, fold, _, kept, waits = asked.reasons(main, audited(), director())
    assert small.startswith("Too small a group (3): fewer than 5 answers")
    assert forced.startswith("Has to stay out (2): there are answers enough")  # 10 - 8
    assert chosen.startswith("Out for the others (1)")  # 8 - 7
    assert fold.endswith(": Others + Moved abroad (1).")
    assert kept.startswith("As they stood in an earlier edition: 9 groups.")
    assert waits == "Waiting: 3 late, changed or erased answers of graduates of 2024–25."


def test_a_sensitive_question_says_both_of_its_rules() -> None:
    found = next(q for q in report.protected(audited()) if q.question == "satisfaction_overall")
    small, chosen, *_ = asked.reasons(found, audited(), director())
    assert "fewer than 10 answers" in small
    assert "fewer than 2 in it answered otherwise than the most" in chosen


def test_what_was_accepted_is_explained_kind_by_kind() -> None:
    told = asked.accepted(MAIN["findings"], director())  # type: ignore[arg-type]
    assert [one.partition(":")[0] for one in told[:2]] == ["Zero (12)", "Inherited (3)"]
    assert "never on sensitive ones" in told[2]
    assert asked.accepted({"zero": 1}, director())[1:] == []


def test_annual_counts_are_added_up_over_the_years() -> None:
    counts = {"small": 5, "complementary": 1, "kept": 4, "given_away": 0}
    assert report.annual(audited()) == {"discontinued": counts}


# --- Which groups, and an example that tells why ----------------------------------------------


def edition_of(answered: dict[str, int], shown: set[str]) -> Edition:
    """Competence areas of one period: how many of each answered, and which are shown."""
    whole = Group(survey="base", block="2019-2021")
    areas = {code: replace(whole, programme=code) for code in answered}
    cells = [Cell(whole, "employed", value=1.0, count=40, n=40)] + [
        Cell(group, "employed", value=1.0, count=answered[code], n=answered[code])
        if code in shown
        else Cell(group, "employed", State.WITHHELD)
        for code, group in areas.items()
    ]
    frame = [Cell(areas[code], ANSWERED, value=float(n)) for code, n in answered.items()]
    tables = {"main_activity": Table("main_activity", tuple(cells)), FRAME: Table(FRAME, frame)}
    return replace(small_edition(), tables=tables)


def test_one_small_group_takes_a_large_one_with_it() -> None:
    edition = edition_of({"1703": 23, "1704": 14, "1705": 3}, shown={"1703"})
    groups = withheld.groups_of(edition, "main_activity", "base")
    assert [group.programme for group in groups.withheld] == ["1704", "1705"]
    found = withheld.pair(groups, withheld.answered_in(edition), 5)
    assert found is not None
    assert (found.small.programme, found.few) == ("1705", 3)
    assert (found.large.programme, found.many) == ("1704", 14)
    assert found.whole == Group(survey="base", block="2019-2021")


@pytest.mark.parametrize(
    "answered, shown",
    [
        ({"1703": 23, "1704": 3, "1705": 2}, {"1703"}),  # both are too small
        ({"1703": 23, "1704": 14, "1705": 3}, set()),  # three are missing: it may be another
    ],
)
def test_no_example_is_given_where_it_would_be_a_guess(
    answered: dict[str, int], shown: set[str]
) -> None:
    edition = edition_of(answered, shown)
    groups = withheld.groups_of(edition, "main_activity", "base")
    assert withheld.pair(groups, withheld.answered_in(edition), 5) is None


# --- On the page ------------------------------------------------------------------------------


def _show(edition: str, language: str) -> None:
    from desk.publication import protected
    from tests import test_protected
    from tests.editions_for_tests import small_edition
    from ui.visit import Visitor
    from yearbook.language import Language

    found = test_protected.audited(zero=17) if edition == "audited" else small_edition()
    protected.show(found, Visitor(Language(language), "", "director", "2026.1"))


def html(edition: str, language: str) -> str:
    kwargs = {"edition": edition, "language": language}
    test = AppTest.from_function(_show, default_timeout=30, kwargs=kwargs).run()
    assert not test.exception
    return " ".join(str(element.proto.body) for element in test.get("html"))


@pytest.mark.parametrize(
    "language, says",
    [("fi", "Osaamisala × jakso"), ("sv", "Kompetensområde × period"),
     ("en", "Competence area × period")],
)  # fmt: skip
def test_the_report_is_shown_in_each_language(language: str, says: str) -> None:
    body = html("audited", language)
    assert says in body
    assert "{" not in body


def test_an_edition_without_surveys_says_so() -> None:
    assert "There are no surveys in it." in html("plain", "en")


def test_an_edition_of_before_shows_the_counts_it_has() -> None:
    before = replace(
        small_edition(),
        report={"withheld": {"main_activity/base": {"shown": 31, "small": 7, "complementary": 2}}},
    )
    assert report.protected(before) == ()
    assert report.withheld_before(before)["main_activity/base"]["complementary"] == 2


# --- A refused publication ---------------------------------------------------------------------


def test_a_refusal_says_which_question_and_group_why_and_what_to_do() -> None:
    found = [
        Unsafe("main_activity", "base", "kuopio", "1703", "2019-2021", "unemployed", "exact"),
        Unsafe("main_activity", "base", "", "", "2019", "others+emigrated", "certain"),
        Unsafe("discontinued", school="turku", programme="321204", time="2024"),
    ]
    refused = refusal_of(UnsafeError(found), small_edition().catalogue)
    lead, main, annual, remedy = refused.text.fi.split("\n")
    assert lead.startswith("Mitään ei julkaistu")
    assert "(3)" in lead
    assert main == (
        "• Mikä on pääasiallinen toimintasi tällä hetkellä? (Peruskysely): 2. Esimerkiksi "
        "Kuopio · Musiikki · 2019–2021 · Työtön: luku selviäisi tarkasti."
    )
    assert annual.endswith("Turku · Musiikin perustutkinto · 2024: luku selviäisi tarkasti.")
    assert remedy.startswith("Mitä voit tehdä: ")
    assert not set("{}") & set(refused.text.fi + refused.text.sv + refused.text.en)


def test_a_refusal_of_many_questions_names_the_first_and_counts_the_rest() -> None:
    codes = [q.code for q in small_edition().catalogue.survey_questions if q.type != "text"][:9]
    refused = refusal_of(
        UnsafeError([Unsafe(code, "base", time="blocks") for code in codes]),
        small_edition().catalogue,
    )
    assert refused.text.en.count("• ") == 6
    assert "… and 3 other questions." in refused.text.en


# --- Words ------------------------------------------------------------------------------------


def test_every_number_of_the_policy_says_what_it_limits() -> None:
    for language in Language:
        rows = policy.rows(small_edition().catalogue.policy, director(language))
        assert [row for row in rows if not row[0] or not row[2]] == []


@pytest.mark.parametrize(
    "cut, says",
    [(("cohort",), "Kaikki yhdessä × lukuvuosi"), (("school", "blocks"),
      "Oppilaitos × kaikki jaksot yhdessä"), (("school", "programme", "block"),
      "Oppilaitos × osaamisala × jakso")],
)  # fmt: skip
def test_a_grouping_is_named_by_its_parts(cut: tuple[str, ...], says: str) -> None:
    assert policy.cut_name(cut, director(Language.FI)) == says


@pytest.mark.parametrize(
    "seconds, says", [(41.4, "41 s"), (161.1, "2 min 41 s"), (60, "1 min 0 s")]
)
def test_a_duration_is_said_in_minutes(seconds: float, says: str) -> None:
    assert write_duration(seconds) == says
