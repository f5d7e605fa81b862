"""Reads what an edition tells of its own protection, by question, survey and grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, cast

from yearbook.catalogue import Policy
from yearbook.editions import Edition

# What follows from shown figures and is accepted all the same, the mildest first.
ACCEPTED = ("zero", "inherited", "common", "given_away")
ANNUAL = ("small", "complementary", "kept", "given_away")


@dataclass(frozen=True, slots=True)
class Count:
    """Groups of one grouping: large enough by themselves (`large`); of those shown, of these as
    they were before newer answers (`older`), and how many the rules allow at all (`possible`);
    shown with options counted together (`folded`); too small (`small`), and withheld to protect
    another (`complementary`)."""

    large: int = 0
    shown: int = 0
    possible: int = 0
    folded: int = 0
    small: int = 0
    complementary: int = 0
    older: int = 0

    def __add__(self, other: Count) -> Count:
        names = [one.name for one in fields(self)]
        return Count(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def share(self) -> float | None:
        """Of the groups large enough, those shown."""
        return self.shown / self.large if self.large else None

    @property
    def forced(self) -> int:
        """Large enough, and yet shown by no choice that the rules allow."""
        return max(self.large - self.possible, 0)

    @property
    def chosen(self) -> int:
        """Withheld so that others could be shown."""
        return max(self.possible - self.shown, 0)


@dataclass(frozen=True)
class Protected:
    """What the report says of one question in one survey.

    cuts: "programme+block" -> its groups; found: what was accepted, by kind; waiting: cohort ->
    answers that wait; folds: (cut, "a+b", number of groups); seconds: what it took.
    """

    question: str
    survey: str
    cuts: Mapping[str, Count]
    found: Mapping[str, int]
    checked: int = 0
    witnessed: int = 0
    programs: int = 0
    kept: int = 0
    waiting: Mapping[str, int] = field(default_factory=dict)
    folds: tuple[tuple[str, str, int], ...] = ()

    @property
    def whole(self) -> Count:
        return total(self.cuts.values())


@dataclass(frozen=True, slots=True)
class Audit:
    """Whether nothing can be worked out of what is shown, and of how many cells that was asked."""

    passed: bool
    cells: int
    found: Mapping[str, int]


def total(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


def protected(edition: Edition) -> tuple[Protected, ...]:
    """Of every question and survey; none in editions of before there was an audit."""
    held = cast("Mapping[str, Mapping[str, Any]]", edition.report.get("protection", {}))
    return tuple(_protected(place, said) for place, said in held.items())


def audit(edition: Edition) -> Audit | None:
    held = cast("Mapping[str, Any] | None", edition.report.get("audit"))
    if held is None:
        return None
    return Audit(bool(held.get("passed")), int(held.get("cells", 0)), _found(held))


def withheld_before(edition: Edition) -> Mapping[str, Mapping[str, int]]:
    """What an edition of before there was an audit says: "question/survey" -> its counts."""
    return cast("Mapping[str, Mapping[str, int]]", edition.report.get("withheld", {}))


def annual(edition: Edition) -> dict[str, dict[str, int]]:
    """Question of the annual statistics -> why how many figures are withheld, of all years."""
    held = cast("Mapping[str, Mapping[str, int]]", edition.report.get("annual", {}))
    found: dict[str, dict[str, int]] = {}
    for place, counts in held.items():
        kinds = found.setdefault(place.partition("/")[0], dict.fromkeys(ANNUAL, 0))
        for kind, number in counts.items():
            kinds[kind] = kinds.get(kind, 0) + int(number)
    return found


def by_cut(questions: Iterable[Protected], policy: Policy) -> dict[str, Count]:
    """The groups of all those questions, by grouping: the dearest first, extra levels last."""
    counts: dict[str, Count] = {}
    for one in questions:
        for cut, count in one.cuts.items():
            counts[cut] = counts.get(cut, Count()) + count
    order = ["+".join(cut) for cut in (*policy.lattice, *policy.extras)]
    places = {cut: order.index(cut) if cut in order else len(order) for cut in counts}
    return {cut: counts[cut] for cut in sorted(counts, key=lambda cut: places[cut])}


def waiting(questions: Iterable[Protected]) -> dict[tuple[str, str], int]:
    """(survey, cohort) -> how many answers wait. One person answers many questions, so the
    most that wait of any of them."""
    most: dict[tuple[str, str], int] = {}
    for one in questions:
        for cohort, count in one.waiting.items():
            most[one.survey, cohort] = max(count, most.get((one.survey, cohort), 0))
    return dict(sorted(most.items()))


def _protected(place: str, said: Mapping[str, Any]) -> Protected:
    question, _, survey = place.partition("/")
    return Protected(
        question,
        survey,
        {cut: _count(counts) for cut, counts in said.get("cuts", {}).items()},
        _found(said.get("findings", {})),
        checked=int(said.get("checked", 0)),
        witnessed=int(said.get("witnessed", 0)),
        programs=int(said.get("programs", 0)),
        kept=int(said.get("kept", 0)),
        waiting={str(cohort): int(count) for cohort, count in said.get("waiting", {}).items()},
        folds=tuple((cut, fold, int(groups)) for cut, fold, groups in said.get("folds", ())),
    )


def _count(said: Mapping[str, int]) -> Count:
    return Count(**{one.name: int(said.get(one.name, 0)) for one in fields(Count)})


def _found(said: Mapping[str, Any]) -> dict[str, int]:
    return {kind: int(said.get(kind, 0)) for kind in ACCEPTED}
