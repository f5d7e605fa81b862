"""Says what of an edition is withheld, and that nothing of it can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk import markup
from desk.publication import asked, report
from desk.publication.report import Count, Protected
from desk.publication.writing import write_count, write_duration, write_shown
from ui import naming, policy
from ui.visit import Visitor
from yearbook.editions import Edition

FEW_ROWS = 8


def show(edition: Edition, visitor: Visitor) -> None:
    """The verdict, the groups by grouping, then question by question."""
    questions = report.protected(edition)
    if not questions:
        _before(edition, visitor)
        return
    st.html("".join(markup.paragraph(told, "line") for told in sentences(edition, visitor)))
    st.html(markup.paragraph(visitor.word("desk.protection.lead"), "quiet"))
    using = edition.catalogue
    for kind in ("ordinary", "sensitive"):
        of_kind = [one for one in questions if _kind(one, edition) == kind]
        if of_kind:
            least = (
                using.policy.threshold if kind == "ordinary" else using.policy.sensitive_threshold
            )
            title = visitor.word(f"desk.protection.{kind}", threshold=least)
            st.html(
                markup.subheading(title)
                + _by_cut(title, report.by_cut(of_kind, using.policy), visitor)
            )
    st.html(markup.subheading(visitor.word("desk.protection.questions")))
    _questions(questions, edition, visitor)
    asked.show(questions, edition, visitor)
    _annual(edition, visitor)


def verdict(edition: Edition, visitor: Visitor) -> str:
    """In a sentence or two: whether the audit has passed; "" where there was none."""
    found = report.audit(edition)
    if found is None:
        return ""
    if not found.passed:
        return visitor.word("desk.protection.failed")
    if not found.cells:
        return visitor.word("desk.protection.passed_as_before")
    accepted = sum(found.found.values())
    key = "desk.protection.passed_but" if accepted else "desk.protection.passed"
    return visitor.word(
        key,
        cells=write_count(found.cells, visitor),
        accepted=write_count(accepted, visitor),
        zero=write_count(found.found["zero"], visitor),
    )


def sentences(edition: Edition, visitor: Visitor) -> list[str]:
    """How long it took, how it was examined, and which answers wait."""
    questions = report.protected(edition)
    told = []
    seconds = sum(edition.took.values())
    if seconds >= 1:
        told.append(visitor.word("desk.protection.took", time=write_duration(seconds)))
    witnessed, programs = (sum(getattr(one, name) for one in questions)
                           for name in ("witnessed", "programs"))  # fmt: skip
    if witnessed or programs:
        told.append(visitor.word("desk.protection.how", witnessed=write_count(witnessed, visitor),
                                 programs=write_count(programs, visitor)))  # fmt: skip
    rounds = [
        visitor.word(
            "desk.protection.waiting_round",
            survey=visitor.reads(edition.catalogue.surveys[survey].name),
            cohort=naming.cohort_name(cohort),
            count=write_count(waits, visitor),
        )
        for (survey, cohort), waits in report.waiting(questions).items()
    ]
    if rounds:
        told.append(visitor.word("desk.protection.waiting", rounds=", ".join(rounds)))
    return told


def _kind(one: Protected, edition: Edition) -> str:
    known = edition.catalogue.questions.get(one.question)
    return "sensitive" if known is not None and known.sensitive else "ordinary"


def _by_cut(title: str, counts: Mapping[str, Count], visitor: Visitor) -> str:
    names = ("grouping", "large", "shown", "possible", "folded", "small")
    columns = [visitor.word(f"desk.protection.{name}") for name in names]
    rows = [
        [
            policy.cut_name(cut.split("+"), visitor),
            write_count(one.large, visitor),
            write_shown(one, visitor),
            *(write_count(number, visitor) for number in (one.possible, one.folded, one.small)),
        ]
        for cut, one in counts.items()
    ]
    return markup.table(title, columns, rows, range(1, len(columns)))


def _questions(questions: Sequence[Protected], edition: Edition, visitor: Visitor) -> None:
    names = ("question", "large", "shown", "folded", "small", "forced", "chosen", "accepted")
    columns = [visitor.word(f"desk.protection.{name}") for name in names]
    rows = [
        [
            asked.name(one, edition, visitor),
            write_count(one.whole.large, visitor),
            write_shown(one.whole, visitor),
            *(write_count(getattr(one.whole, name), visitor) for name in names[3:-1]),
            write_count(sum(one.found.values()), visitor),
        ]
        for one in asked.in_order(questions)
    ]
    with _frame(len(rows), edition):
        st.html(markup.table(visitor.word("desk.protection.questions"), columns, rows, range(1, 8)))


def _annual(edition: Edition, visitor: Visitor) -> None:
    """The sensitive counts of persons in the annual statistics, if any are withheld."""
    found = report.annual(edition)
    if not found:
        return
    title = visitor.word("desk.protection.annual.title")
    known = edition.catalogue.questions
    kinds = [visitor.word(f"desk.protection.annual.{kind}") for kind in report.ANNUAL]
    columns = [visitor.word("desk.protection.question"), *kinds]
    rows = [
        [
            visitor.reads(known[code].label) if code in known else code,
            *(write_count(counts[kind], visitor) for kind in report.ANNUAL),
        ]
        for code, counts in found.items()
    ]
    st.html(
        markup.subheading(title)
        + markup.paragraph(visitor.word("desk.protection.annual.lead"), "quiet")
        + markup.table(title, columns, rows, range(1, len(columns)))
    )


def _before(edition: Edition, visitor: Visitor) -> None:
    """An edition of before there was an audit says only how many groups it shows."""
    held = report.withheld_before(edition)
    if not held:
        st.html(markup.paragraph(visitor.word("desk.protection.none"), "quiet"))
        return
    st.html(markup.paragraph(visitor.word("desk.protection.not_audited"), "quiet"))
    names = ("shown", "small", "complementary")
    columns = [visitor.word(f"desk.protection.{name}") for name in ("question", "survey", *names)]
    rows = []
    for place, counts in held.items():
        code, _, survey = place.partition("/")
        named = asked.names(Protected(code, survey, {}, {}), edition, visitor)
        rows.append([*named, *(write_count(counts.get(name, 0), visitor) for name in names)])
    with _frame(len(rows), edition):
        st.html(markup.table(visitor.word("desk.protection.title"), columns, rows, (2, 3, 4)))


def _frame(rows: int, edition: Edition) -> DeltaGenerator:
    """A long table scrolls in a frame of its own."""
    height: int | Literal["content"] = 360 if rows > FEW_ROWS else "content"
    return st.container(height=height, border=False, key=f"withheld-{edition.name}")
