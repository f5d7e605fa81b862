"""Checks an annual return as a whole: what is twice, what is missing, what cannot be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data_loaders.annual.figures import Blank, Collected, Figure, Key
from data_loaders.annual.levels import LEVELS, WHOLE_SCHOOL, offered_by
from data_loaders.findings import Findings, said_cells, said_number, said_place
from data_loaders.words.lexicon import Lexicon
from yearbook.catalogue import Catalogue, Programme, Question
from yearbook.language import Text, same_in_all


def checked(collected: Collected, lexicon: Lexicon) -> list[Figure]:
    """Each figure once: own before carried, parts summed, totals beside their parts left out."""
    findings = collected.findings
    own = [figure for figure in collected.figures if not figure.carried]
    carried = [figure for figure in collected.figures if figure.carried]
    kept = _whole(_once(own, lexicon, findings))
    kept = _without_totals(kept, lexicon, findings)
    have = {figure.key for figure in kept}
    repeated = _whole(_once(carried, lexicon, findings))
    kept.extend(figure for figure in repeated if figure.key not in have)
    _check_order(kept, lexicon, findings)
    _check_required(kept, collected, lexicon)
    return kept


def _once(figures: Iterable[Figure], lexicon: Lexicon, findings: Findings) -> list[Figure]:
    """The first of the figures about the same; a whole school's may be repeated on its rows."""
    first: dict[tuple[Key, str], Figure] = {}
    remarked: set[tuple[object, ...]] = set()
    for figure in figures:
        earlier = first.setdefault((figure.key, figure.part), figure)
        if earlier is figure:
            continue
        is_equal = earlier.says == figure.says
        if is_equal and lexicon.questions[figure.question].per not in LEVELS:
            continue
        rows = (earlier.sheet, earlier.row, figure.sheet, figure.row, is_equal)
        # A row that stands twice is told once, two columns of one question each.
        if rows not in remarked or earlier.row == figure.row:
            remarked.add(rows)
            _remark_twice(earlier, figure, lexicon, findings)
    return list(first.values())


def _remark_twice(earlier: Figure, figure: Figure, lexicon: Lexicon, findings: Findings) -> None:
    is_equal = earlier.says == figure.says
    remark = findings.warn if is_equal else findings.fail
    remark(
        "twice_the_same" if is_equal else "twice_different",
        figure.sheet,
        figure.cell,
        what=lexicon.name_of(figure.question),
        about=about(figure.key, lexicon.catalogue),
        first=said_place(earlier.sheet, earlier.cell, lexicon.catalogue),
    )


def _whole(figures: Sequence[Figure]) -> list[Figure]:
    """Sum what is given in parts; a figure given for the whole goes before the sum."""
    together: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        together[figure.key].append(figure)
    return [_sum(parts) for parts in together.values()]


def _sum(parts: Sequence[Figure]) -> Figure:
    whole = next((figure for figure in parts if not figure.part), None)
    if whole is not None or len(parts) == 1:
        return whole or parts[0]
    known = [figure.value for figure in parts if not figure.missing]
    if not known:
        return parts[0]
    return replace(parts[0], value=math.fsum(known), missing="")


def _without_totals(
    figures: Sequence[Figure], lexicon: Lexicon, findings: Findings
) -> list[Figure]:
    """A total of all programmes beside the programmes would be counted twice."""
    by_programme: dict[tuple[str, int, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.programme != WHOLE_SCHOOL:
            by_programme[figure.school, figure.year, figure.question].append(figure)
    kept = []
    for figure in figures:
        parts = by_programme.get((figure.school, figure.year, figure.question))
        if figure.programme != WHOLE_SCHOOL or parts is None:
            kept.append(figure)
        elif not figure.missing and not _adds_up(figure, parts):
            _remark_total(figure, parts, lexicon, findings)
    return kept


def _adds_up(total: Figure, parts: Sequence[Figure]) -> bool:
    known = [part.value for part in parts if not part.missing]
    return len(known) < len(parts) or math.isclose(total.value, math.fsum(known), abs_tol=0.01)


def _remark_total(
    total: Figure, parts: Sequence[Figure], lexicon: Lexicon, findings: Findings
) -> None:
    findings.warn(
        "total_differs",
        total.sheet,
        total.cell,
        what=lexicon.name_of(total.question),
        value=said_number(total.value),
        sum=said_number(math.fsum(part.value for part in parts if not part.missing)),
    )


def _check_order(figures: Sequence[Figure], lexicon: Lexicon, findings: Findings) -> None:
    """New students are students: a part is at most its whole."""
    known: Mapping[Key, Figure] = {f.key: f for f in figures if not f.missing}
    for figure in known.values():
        limit = lexicon.questions[figure.question].at_most
        if limit is None:
            continue
        whole = known.get((figure.school, figure.year, figure.programme, limit))
        if whole is not None and figure.value > whole.value + 1e-9:
            findings.fail(
                "more_than_whole",
                figure.sheet,
                figure.cell,
                what=lexicon.name_of(figure.question),
                value=said_number(figure.value),
                whole=lexicon.name_of(limit),
                limit=said_number(whole.value),
                place=said_cells((whole.cell,), lexicon.catalogue),
            )


def _check_required(figures: Sequence[Figure], collected: Collected, lexicon: Lexicon) -> None:
    """Required figures of every school and year that the file returns figures of."""
    have = {figure.key for figure in figures} | collected.failed
    given: dict[tuple[str, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for figure in figures:
        if not figure.carried:
            per = lexicon.questions[figure.question].per
            given[figure.school, figure.year][per].add(figure.programme)
    empty = {blank.key: blank for blank in collected.blanks}
    for school, year in sorted(given):
        missing = [
            key
            for question in lexicon.questions.values()
            if question.required and _is_asked(question, year)
            for programme in _expected(question, school, year, given[school, year], lexicon)
            if (key := (school, year, programme, question.code)) not in have
        ]
        _remark_missing(missing, empty, lexicon, collected.findings)


def _expected(
    question: Question, school: str, year: int, given: Mapping[str, set[str]], lexicon: Lexicon
) -> list[str]:
    """The programmes whose required figure is awaited; one of the whole school stands for all."""
    programmes = given.get(question.per, set())
    if question.per not in LEVELS or WHOLE_SCHOOL in programmes:
        return [WHOLE_SCHOOL]
    catalogue = lexicon.catalogue
    offered = offered_by(school, question.per, catalogue) or tuple(sorted(programmes))
    return [code for code in offered if _is_valid(catalogue.programmes[code], year)]


def _remark_missing(
    missing: Sequence[Key], empty: Mapping[Key, Blank], lexicon: Lexicon, findings: Findings
) -> None:
    """An empty cell must be filled; what the form does not ask is told once a school and year."""
    unasked: dict[str, list[str]] = defaultdict(list)
    for key in missing:
        if blank := empty.get(key):
            what, where = lexicon.name_of(key[3]), about(key, lexicon.catalogue)
            findings.fail("required_empty", blank.sheet, blank.cell, what=what, about=where)
        else:
            unasked[key[3]].append(key[2])
    if unasked:
        # An older form did not ask everything: the director decides whether that is right.
        school, year = missing[0][:2]
        where = about((school, year, WHOLE_SCHOOL, ""), lexicon.catalogue)
        findings.warn("required_not_asked", about=where, value=_listed(unasked, lexicon))


def _listed(unasked: Mapping[str, Sequence[str]], lexicon: Lexicon) -> Text:
    programmes = lexicon.catalogue.programmes

    def listed(language: str) -> str:
        names = []
        for question, codes in unasked.items():
            of = ", ".join(programmes[code].short[language] for code in codes if code)
            name = lexicon.name_of(question)[language]
            names.append(f"{name} ({of})" if of else name)
        return "; ".join(names)

    return Text(listed("fi"), listed("sv"), listed("en"))


def _is_asked(question: Question, year: int) -> bool:
    return (question.since or 0) <= year <= (question.until or 9999)


def _is_valid(programme: Programme, year: int) -> bool:
    return (programme.first or 0) <= year <= (programme.last or 9999)


def about(key: Key, catalogue: Catalogue) -> Text:
    """ "Kuopio, Musiikin perustutkinto, 2024"."""
    parts = [catalogue.schools[key[0]].short]
    if key[2]:
        parts.append(catalogue.programmes[key[2]].short)
    parts.append(same_in_all(str(key[1])))
    return Text(*(", ".join(part[language] for part in parts) for language in ("fi", "sv", "en")))
