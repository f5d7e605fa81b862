"""What is written for an independent audit: every figure shown, and the truth that it rests on."""

from __future__ import annotations

import numpy as np

from office.audit_files.facts import Fact, facts
from office.audit_files.times import Times, leaf_code, span_of
from office.audit_files.truths import truths
from tests.small_catalogue import catalogue, content
from tests.test_publication import ANSWERS, CATALOGUE, TITLE, survey
from yearbook.editions import Group
from yearbook.leaves import Leaf
from yearbook.publication import publish
from yearbook.publication.rounds import given_by


def named(name: str, _spans: object) -> str:
    return name


def test_each_shown_group_is_told_with_its_options_and_its_total() -> None:
    edition = publish([ANSWERS], CATALOGUE, TITLE)
    found = set(facts(edition, CATALOGUE.questions["activity"], "base", named))
    everyone = ("activity/base", "ALL", "ALL", "2020")
    assert Fact(*everyone, "_N", 25, 25) in found
    assert Fact(*everyone, "work", 15, 15) in found
    shown = {cell.group for cell in edition.table("activity").cells if cell.is_shown}
    assert len(found) == 4 * len(shown)
    assert not any(fact.school == "b" for fact in found), "3 of b answered"


def test_the_truth_has_every_answer_in_its_leaf() -> None:
    (truth,) = [t for t in truths(given_by([ANSWERS], CATALOGUE)) if t.name == "activity/base"]
    assert truth.options == ("work", "study", "other")
    assert [(leaf.school, leaf.first) for leaf in truth.tally.leaves] == [
        ("a", 2020), ("b", 2020), ("c", 2020),
    ]  # fmt: skip
    assert truth.counts.tolist() == [[12, 4, 0], [3, 0, 0], [0, 0, 6]]
    assert truth.people.tolist() == [16, 3, 6]


def test_each_option_of_several_is_a_question_of_its_own() -> None:
    plain = content()
    plain["questions"]["activity"]["type"] = "multiple"
    plain["indicators"]["activity"]["measure"] = "multiple"
    using = catalogue(**plain)
    edition = publish([ANSWERS], using, TITLE)
    found = {
        fact
        for fact in facts(edition, using.questions["activity"], "base", named)
        if fact.table == "activity/base/study" and fact.time == "2020" and fact.school == "ALL"
    }
    everyone = ("activity/base/study", "ALL", "ALL", "2020")
    assert {Fact(*everyone, o, n, n) for o, n in (("_N", 25), ("1", 4), ("0", 21))} <= found
    names = [truth.name for truth in truths(given_by([ANSWERS], using))]
    assert names[:3] == [f"activity/base/{option}" for option in ("work", "study", "other")]


def test_classes_are_told_as_sums_of_choices_where_choices_are_shown() -> None:
    plain = content()
    asked = plain["questions"]["activity"]
    asked["class"] = [{**asked["choice"][0], "code": "busy"}, {**asked["choice"][2], "code": "o"}]
    for choice, of_class in zip(asked["choice"], ("busy", "busy", "o"), strict=True):
        choice["rolls_up"] = of_class
    shown = plain["indicators"]["activity"]
    plain["indicators"]["detailed"] = {**shown, "detailed": True, "by": [["cohort"]]}
    using = catalogue(**plain)
    edition = publish([ANSWERS], using, TITLE)
    found = set(facts(edition, using.questions["activity"], "base", named))
    everyone = ("activity/base/choices", "ALL", "ALL", "2020")
    assert Fact(*everyone, "work+study", 19, 19) in found
    assert Fact(*everyone, "study", 4, 4) in found
    by_choices = [t for t in truths(given_by([ANSWERS], using)) if t.name == everyone[0]][0]
    assert np.array_equal(by_choices.counts.sum(axis=1), by_choices.people)


def test_all_blocks_are_those_of_the_edition() -> None:
    years = survey(*(("a", "music", year, "activity", "work", 9) for year in range(2015, 2021)))
    edition = publish([years], CATALOGUE, TITLE)
    asked: dict[str, object] = {}

    def time_of(name: str, spans: object) -> str:
        asked[name] = spans
        return name

    list(facts(edition, CATALOGUE.questions["activity"], "base", time_of))
    blocks = sorted(cell.group.block for cell in edition.table("activity").by_cut[("block",)])
    spans = tuple(tuple(map(int, code.split("-"))) for code in dict.fromkeys(blocks))
    pooled = Group(survey="base", school="a", block="blocks")
    assert edition.table("activity").by_group[pooled][0].is_shown
    assert asked[f"blocks:{spans[0][0]}-{spans[-1][1]}"] == spans


def test_spans_are_named_once_and_told_apart() -> None:
    times = Times(["2018", "2019", "2020", leaf_code(Leaf("a", "", 2005, 2010))])
    assert times.code("2018-2020", ["2018", "2019", "2020"]) == "2018-2020"
    assert times.code("blocks:2018-2020", ["2018", "2019", "2020"]) == "2018-2020"
    assert times.code("2018-2020", ["2018", "2020"]) == "2018-2020~2"
    assert times.code("2018", ["2018"]) == "2018"
    assert times.aggregates["2018-2020~2"] == ["2018", "2020"]
    assert span_of("2005-2010:whole") == (2005, 2010)
