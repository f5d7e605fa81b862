"""Tells of one question which groups are not shown and why, and what was accepted of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from desk import markup
from desk.naming import group_name
from desk.publication import report, withheld
from desk.publication.report import Protected
from desk.publication.writing import write_count, write_duration, write_shown
from ui import naming, policy
from ui.visit import Visitor
from yearbook.editions import FOLD, Edition, Group

MOST_SHOWN = 200
MOST_FOLDS = 4
REASONS = ("small", "forced", "chosen")


def show(questions: Sequence[Protected], edition: Edition, visitor: Visitor) -> None:
    """Choose a question; the one of which most stays out is in front."""
    ordered = in_order(questions)
    chosen = st.selectbox(
        visitor.word("desk.protection.look"),
        range(len(ordered)),
        format_func=lambda place: name(ordered[place], edition, visitor),
        # Of its own in each language: a browser keeps the words in which a choice was made.
        key=f"protected-question-{edition.name}-{visitor.language}",
        width=640,
    )
    if chosen is not None:
        _question(ordered[chosen], edition, visitor)


def in_order(questions: Iterable[Protected]) -> list[Protected]:
    """First those of which the smallest part of the groups large enough is shown."""
    return sorted(questions, key=lambda one: 2.0 if one.whole.share is None else one.whole.share)


def names(one: Protected, edition: Edition, visitor: Visitor) -> list[str]:
    """The question and the survey in words."""
    using = edition.catalogue
    question, survey = using.questions.get(one.question), using.surveys.get(one.survey)
    return [
        visitor.reads(question.label) if question else one.question,
        visitor.reads(survey.name) if survey else one.survey,
    ]


def name(one: Protected, edition: Edition, visitor: Visitor) -> str:
    """Both in one."""
    question, survey = names(one, edition, visitor)
    return visitor.word("desk.protection.asked", question=question, survey=survey)


def reasons(one: Protected, edition: Edition, visitor: Visitor) -> list[str]:
    """Why groups are missing, in sentences, with a pair of groups where one tells it all."""
    held, rules = one.whole, edition.catalogue.policy
    known = edition.catalogue.questions.get(one.question)
    is_sensitive = known is not None and known.sensitive
    least = rules.sensitive_threshold if is_sensitive else rules.threshold
    told = [
        visitor.word(
            f"desk.protection.why.{_reason(reason, is_sensitive)}",
            count=write_count(getattr(held, reason), visitor),
            threshold=least,
            leave=rules.sensitive_leave,
        )
        for reason in REASONS
        if getattr(held, reason)
    ] or [visitor.word("desk.protection.why.nothing")]
    told += _example(one, edition, least, visitor) if held.complementary else []
    told += _folds(one, edition, visitor)
    if one.kept:
        told.append(visitor.word("desk.protection.why.kept", count=write_count(one.kept, visitor)))
    if one.whole.older:
        older = write_count(one.whole.older, visitor)
        told.append(visitor.word("desk.protection.why.older", count=older))
    told += [
        visitor.word("desk.protection.why.waiting", cohort=naming.cohort_name(cohort), count=waits)
        for cohort, waits in one.waiting.items()
    ]
    return told


def _reason(reason: str, is_sensitive: bool) -> str:
    return f"{reason}_sensitive" if is_sensitive and reason == "chosen" else reason


def accepted(found: Mapping[str, int], visitor: Visitor) -> list[str]:
    """What follows from shown figures and is accepted, each kind in plain words."""
    told = [
        visitor.word(f"desk.protection.found.{kind}", count=write_count(number, visitor))
        for kind, number in found.items()
        if number
    ]
    if found.get("inherited") or found.get("common"):
        told.append(visitor.word("desk.protection.found.ordinary_only"))
    return told


def _question(one: Protected, edition: Edition, visitor: Visitor) -> None:
    st.html(
        _by_cut(one, edition, visitor) + markup.paragraph(_effort(one, edition, visitor), "quiet")
    )
    st.html(
        markup.subheading(visitor.word("desk.protection.why.title"))
        + markup.points(reasons(one, edition, visitor))
    )
    told = accepted(one.found, visitor)
    if told:
        title = visitor.word("desk.protection.accepted_title")
        st.html(markup.subheading(title) + markup.points(told))
    _withheld(one, edition, visitor)


def _effort(one: Protected, edition: Edition, visitor: Visitor) -> str:
    """What an earlier edition showed already is not examined anew."""
    if not one.checked:
        return visitor.word("desk.protection.why.nothing_new")
    return visitor.word(
        "desk.protection.why.effort",
        cells=write_count(one.checked, visitor),
        time=write_duration(edition.took.get(f"{one.question}/{one.survey}", 0)),
    )


def _by_cut(one: Protected, edition: Edition, visitor: Visitor) -> str:
    columns = ("grouping", "large", "shown", "folded", *REASONS)
    rows = [
        [
            policy.cut_name(cut.split("+"), visitor),
            write_count(held.large, visitor),
            write_shown(held, visitor),
            write_count(held.folded, visitor),
            *(write_count(getattr(held, reason), visitor) for reason in REASONS),
        ]
        for cut, held in report.by_cut([one], edition.catalogue.policy).items()
    ]
    named = [visitor.word(f"desk.protection.{name}") for name in columns]
    return markup.table(name(one, edition, visitor), named, rows, range(1, len(columns)))


def _example(one: Protected, edition: Edition, least: int, visitor: Visitor) -> list[str]:
    groups = withheld.groups_of(edition, one.question, one.survey)
    found = withheld.pair(groups, withheld.answered_in(edition), least)
    if found is None:
        return []
    return [
        visitor.word(
            "desk.protection.why.example",
            small=_name(found.small, edition, visitor),
            few=found.few,
            large=_name(found.large, edition, visitor),
            many=found.many,
            whole=_name(found.whole, edition, visitor),
        )
    ]


def _folds(one: Protected, edition: Edition, visitor: Visitor) -> list[str]:
    """Which options are counted together: a sentence for each grouping, the most frequent first."""
    question = edition.catalogue.questions.get(one.question)
    choices = (*question.choices, *question.classes) if question else ()
    labels = {choice.code: visitor.reads(choice.label) for choice in choices}
    by_cut: dict[str, list[tuple[int, str]]] = {}
    for cut, options, groups in one.folds:
        named = " + ".join(labels.get(code, code) for code in options.split(FOLD))
        by_cut.setdefault(cut, []).append((groups, named))
    told = [
        visitor.word(
            "desk.protection.why.fold",
            cut=policy.cut_name(cut.split("+"), visitor),
            options="; ".join(_most_frequent(folds, visitor)),
        )
        for cut, folds in by_cut.items()
    ]
    return [*told, visitor.word("desk.protection.why.fold_why")] if told else []


def _most_frequent(folds: list[tuple[int, str]], visitor: Visitor) -> list[str]:
    ordered = sorted(folds, key=lambda fold: (-fold[0], fold[1]))
    word = "desk.protection.why.folded_options"
    named = [
        visitor.word(word, options=options, count=write_count(groups, visitor))
        for groups, options in ordered[:MOST_FOLDS]
    ]
    more = len(ordered) - MOST_FOLDS
    return (
        [*named, visitor.word("desk.protection.why.fold_more", count=more)] if more > 0 else named
    )


def _withheld(one: Protected, edition: Edition, visitor: Visitor) -> None:
    """All groups that are not shown, with a search; small and complementary look the same."""
    groups = withheld.groups_of(edition, one.question, one.survey).withheld
    if not groups:
        return
    title = visitor.word("desk.protection.groups.title", count=write_count(len(groups), visitor))
    with st.expander(title, key=f"withheld-{one.question}-{one.survey}-{edition.name}"):
        sought = st.text_input(
            visitor.word("desk.protection.groups.search"), key=f"withheld-search-{edition.name}"
        )
        answered = withheld.answered_in(edition)
        rows = [
            [_name(group, edition, visitor), _answered(answered.get(group), visitor)]
            for group in groups
        ]
        found = [row for row in rows if sought.casefold() in row[0].casefold()]
        columns = [visitor.word(f"desk.protection.groups.{name}") for name in ("group", "answered")]
        st.html(markup.table(title, columns, found[:MOST_SHOWN], (1,)))
        if len(found) > MOST_SHOWN:
            many = write_count(len(found), visitor)
            st.html(
                markup.paragraph(visitor.word("desk.more", shown=MOST_SHOWN, count=many), "quiet")
            )


def _answered(number: int | None, visitor: Visitor) -> str:
    return "–" if number is None else write_count(number, visitor)


def _name(group: Group, edition: Edition, visitor: Visitor) -> str:
    """Without the survey, which the heading says."""
    return group_name(group, edition.catalogue, visitor).partition(" · ")[2]
