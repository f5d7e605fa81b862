"""What is written for an independent audit: every figure shown, and the truth that it rests on."""

from __future__ import annotations

import numpy as np

from office.audit_files.facts import Fact, Time, facts
from office.audit_files.layers import NOW, layered, with_erased
from office.audit_files.resting import answers_behind
from office.audit_files.times import Times, leaf_code, span_of
from office.audit_files.truths import Truth, truths
from tests.small_catalogue import catalogue, content
from tests.test_publication import ANSWERS, CATALOGUE, TITLE, survey
from yearbook.editions import Group
from yearbook.leaves import Leaf
from yearbook.measures import Tally
from yearbook.publication import publish
from yearbook.publication.rounds import given_by

OF_2020 = Time("2020", ((2020, 2020),))


def test_each_shown_group_is_told_with_its_options_and_its_total() -> None:
    edition = publish([ANSWERS], CATALOGUE, TITLE)
    found = set(facts(edition, CATALOGUE.questions["activity"], "base"))
    everyone = ("activity/base", "ALL", "ALL", OF_2020)
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
    assert truth.tally.respondents.tolist() == [16, 3, 6]


def test_each_option_of_several_is_a_question_of_its_own() -> None:
    plain = content()
    plain["questions"]["activity"]["type"] = "multiple"
    plain["indicators"]["activity"]["measure"] = "multiple"
    using = catalogue(**plain)
    edition = publish([ANSWERS], using, TITLE)
    found = {
        fact
        for fact in facts(edition, using.questions["activity"], "base")
        if fact.table == "activity/base/study" and fact.time == OF_2020 and fact.school == "ALL"
    }
    everyone = ("activity/base/study", "ALL", "ALL", OF_2020)
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
    found = set(facts(edition, using.questions["activity"], "base"))
    everyone = ("activity/base/choices", "ALL", "ALL", OF_2020)
    assert Fact(*everyone, "work+study", 19, 19) in found
    assert Fact(*everyone, "study", 4, 4) in found
    by_choices = [t for t in truths(given_by([ANSWERS], using)) if t.name == everyone[0]][0]
    assert np.array_equal(by_choices.counts.sum(axis=1), by_choices.tally.respondents)


def test_all_blocks_are_those_of_the_edition() -> None:
    years = survey(*(("a", "music", year, "activity", "work", 9) for year in range(2015, 2021)))
    edition = publish([years], CATALOGUE, TITLE)
    table = edition.table("activity")
    pooled = Group(survey="base", school="a", block="blocks")
    assert table.by_group[pooled][0].is_shown
    blocks = sorted({cell.group.block for cell in table.by_cut[("block",)]})
    spans = tuple((int(code[:4]), int(code[5:])) for code in blocks)
    found = {fact.time for fact in facts(edition, CATALOGUE.questions["activity"], "base")}
    assert Time(f"blocks:{spans[0][0]}-{spans[-1][1]}", spans) in found


def truth(*counts: tuple[str, int, tuple[int, int]]) -> Truth:
    """(school, cohort, how many chose each of two options)."""
    leaves = tuple(Leaf(school, "music", cohort, cohort) for school, cohort, _ in counts)
    numbers = np.array([chosen for *_, chosen in counts])
    counted = Tally("base", leaves, ("yes", "no"), numbers, numbers.sum(axis=1))
    return Truth("asked/base", counted.options, counted, numbers)


def test_late_answers_are_leaves_of_their_own() -> None:
    """Of a first 4 + 2, and in the next edition 5 + 2: who came late is one, and said yes."""
    then, now = truth(("a", 2024, (4, 2))), truth(("a", 2024, (5, 2)))
    table = layered({"2026.1": then, NOW: now})
    assert {leaf: layer["a", "music"].tolist() for leaf, layer in table.layers.items()} == {
        "2024": [4, 2], "2024@now": [1, 0],
    }  # fmt: skip
    assert table.leaves_of("2024", "2026.1") == ["2024"]
    assert table.leaves_of("2024", NOW) == ["2024", "2024@now"]


def test_a_correction_is_one_who_went_and_one_who_came() -> None:
    table = layered({"2026.1": truth(("a", 2024, (4, 2))), NOW: truth(("a", 2024, (3, 3)))})
    found = {leaf: layer["a", "music"].tolist() for leaf, layer in table.layers.items()}
    assert found == {"2024": [3, 2], "2024@2026.1": [1, 0], "2024@now": [0, 1]}


def test_an_edition_rests_on_what_its_figures_agree_with() -> None:
    """Late answers wait: the second edition shows what the first one did."""
    then, now = truth(("a", 2024, (4, 2))), truth(("a", 2024, (5, 2)))
    table = layered({"2026.1": then, NOW: now})
    of_2024 = Time("2024", ((2024, 2024),))

    def told(yes: int) -> list[Fact]:
        return [Fact("asked/base", "ALL", "ALL", of_2024, "yes", yes, yes)]

    for yes, leaves, is_true in ((4, ["2024"], True), (5, ["2024", "2024@now"], True),
                                 (6, ["2024", "2024@now"], False)):  # fmt: skip
        ((_, behind, agrees),) = answers_behind(told(yes), table, [NOW, "2026.1"])
        assert (behind.leaves_of(of_2024), agrees) == (leaves, is_true)


def test_the_erased_are_leaves_that_some_editions_counted() -> None:
    plain = layered({"2026.1": truth(("a", 2024, (4, 2))), NOW: truth(("a", 2024, (4, 2)))})
    table = with_erased(plain, [(("a", "music"), "2024", frozenset({"2026.1"}))])
    gone = "2024@erased,2026.1"
    assert table.leaves_of("2024", "2026.1") == ["2024", gone]
    assert table.leaves_of("2024", NOW) == ["2024"]
    assert table.layers[gone]["a", "music"].sum() == 1


def test_spans_are_named_once_and_told_apart() -> None:
    times = Times(["2018", "2019", "2020", leaf_code(Leaf("a", "", 2005, 2010))])
    assert times.code("2018-2020", ["2018", "2019", "2020"]) == "2018-2020"
    assert times.code("blocks:2018-2020", ["2018", "2019", "2020"]) == "2018-2020"
    assert times.code("2018-2020", ["2018", "2020"]) == "2018-2020~2"
    assert times.code("2018", ["2018"]) == "2018"
    assert times.aggregates["2018-2020~2"] == ["2018", "2020"]
    assert span_of("2005-2010:whole") == (2005, 2010)
