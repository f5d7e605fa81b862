"""A small association, invented from a seed, whose answers come in year by year, and not always as
they should: late, corrected, a whole school late, or erased later."""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd

from office import databases, publishing
from tests.attack.three_editions import office_in
from tests.small_catalogue import (
    SURVEY_CUTS,
    catalogue,
    choice,
    content,
    indicator,
    survey_question,
)
from yearbook import archive
from yearbook.catalogue import Catalogue
from yearbook.submissions import ANSWER_COLUMNS, RESPONDENT_COLUMNS, Kind, Submission

SCHOOLS, PROGRAMMES = "abc", ("music", "dance")
COHORTS = range(2018, 2024)
FIRST_EDITION = 2021  # the newest cohort of the first of three editions
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVENTS = ("nothing", "late answers", "corrections", "a late school", "an erased respondent",
          "a withdrawn round")  # fmt: skip
CUTS = [*SURVEY_CUTS, ["programme", "block"], ["school", "programme", "blocks"]]


@dataclass(frozen=True)
class Person:
    """One respondent with all answers; a number tells people apart."""

    number: int
    school: str
    programme: str
    cohort: int
    activity: str
    judgement: str
    tools: tuple[str, ...]

    @property
    def pseudonym(self) -> str:
        return hashlib.sha256(f"{self.number}".encode()).hexdigest()[:32]


def small_catalogue() -> Catalogue:
    """With a question of each kind: one choice, several choices, and a sensitive scale of which a
    school sees its own answers and the others those of all schools together."""
    plain = content()
    plain["questions"]["tools"] = survey_question(
        [choice("voice"), choice("strings"), choice("keys")], type="multiple"
    )
    for code, measure in (("activity", "distribution"), ("judgement", "distribution"),
                          ("tools", "multiple")):  # fmt: skip
        plain["indicators"][code] = indicator("survey", measure, CUTS, question=code)
    plain["indicators"]["judgement"]["audience"] = "own_school"
    del plain["questions"]["pay"], plain["indicators"]["pay"], plain["indicators"]["pay_mean"]
    return catalogue(**plain)


def people_of(seed: int) -> list[Person]:
    """None to six of every school, programme and cohort."""
    random = np.random.default_rng(seed)
    numbers = count(1000 * seed)
    found = []
    for cohort in COHORTS:
        for school in SCHOOLS:
            for programme in PROGRAMMES:
                for _ in range(int(random.integers(0, 7))):
                    tools = tuple(t for t in ("voice", "strings", "keys") if random.random() < 0.4)
                    found.append(Person(
                        next(numbers), school, programme, cohort,
                        str(random.choice(["work", "study", "other"], p=[0.6, 0.3, 0.1])),
                        str(random.choice(["1", "2", "3", "none"], p=[0.2, 0.3, 0.4, 0.1])),
                        tools,
                    ))  # fmt: skip
    return found


def publish_three(folder: Path, seed: int, event: str) -> None:
    """Three editions in the folder's databases; the event comes with the second or the third."""
    people = people_of(seed)
    random = np.random.default_rng([seed, EVENTS.index(event)])
    early = _as_handed_in_first(people, event, random)
    with association(folder):
        _hand_in([p for p in early if p.cohort <= FIRST_EDITION])
        _publish()
        _hand_in([p for p in people if p.cohort == FIRST_EDITION])
        _hand_in([p for p in people if p.cohort == FIRST_EDITION + 1])
        _publish()
        if event == "an erased respondent":
            gone = next(p for p in people if p.cohort == FIRST_EDITION - 1)
            archive.erase_respondent(databases.archive_engine(), gone.pseudonym, "keeper", NOON)
        if event == "a withdrawn round":
            number = max(entry.id for entry in archive.history(databases.archive_engine())
                         if ("base", FIRST_EDITION + 1) in entry.covers)  # fmt: skip
            archive.withdraw(databases.archive_engine(), number, "keeper", NOON)
        _hand_in([p for p in people if p.cohort == FIRST_EDITION + 2])
        _publish()


@contextmanager
def association(folder: Path) -> Iterator[None]:
    """The office works in the folder, with the small catalogue."""
    using = small_catalogue()
    modules = [module for name, module in sys.modules.items()
               if name.startswith("office") and hasattr(module, "catalogue_in_use")]  # fmt: skip
    before = [module.catalogue_in_use for module in modules]
    for module in modules:
        module.catalogue_in_use = lambda: using
    try:
        with office_in(folder):
            yield
    finally:
        for module, function in zip(modules, before, strict=True):
            module.catalogue_in_use = function


def _as_handed_in_first(
    people: list[Person], event: str, random: np.random.Generator
) -> list[Person]:
    """What the first edition has of its newest cohort; a later file puts it right."""
    newest = [p for p in people if p.cohort == FIRST_EDITION]
    older = [p for p in people if p.cohort != FIRST_EDITION]
    if event == "late answers":
        late = {int(n) for n in random.choice([p.number for p in newest], 2, replace=False)}
        newest = [p for p in newest if p.number not in late]
    if event in ("corrections", "a withdrawn round"):
        first, *others = newest
        newest = [replace(first, activity="other", judgement="1", tools=()), *others]
    if event == "a late school":
        newest = [p for p in newest if p.school != "c"]
    return [*older, *newest]


def _hand_in(people: list[Person]) -> None:
    for cohort in sorted({p.cohort for p in people}):
        submission = _submission([p for p in people if p.cohort == cohort])
        text = repr(sorted(people, key=lambda p: p.number))
        checksum = hashlib.sha256(text.encode() + bytes([cohort % 256])).hexdigest()
        received = archive.Received("keeper", NOON, f"{cohort}.xlsx", checksum)
        with suppress(archive.AlreadyKeptError):  # nothing was late: the same file as before
            archive.keep(databases.archive_engine(), submission, received)


def _submission(people: list[Person]) -> Submission:
    rows, answers = [], []
    for p in people:
        rows.append((p.pseudonym, "base", p.cohort + 1, p.cohort, p.school, p.programme))
        answers += [(p.pseudonym, "activity", p.activity, math.nan, ""),
                    (p.pseudonym, "judgement", p.judgement, math.nan, "")]  # fmt: skip
        answers += [(p.pseudonym, "tools", tool, math.nan, "") for tool in p.tools or ("",)]
    return Submission(
        Kind.SURVEY,
        "survey.xlsx",
        respondents=pd.DataFrame(rows, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(answers, columns=ANSWER_COLUMNS),
    )


def _publish() -> None:
    publishing.publish(publishing.preview(), "keeper")
