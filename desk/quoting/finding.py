"""Finds open answers by question, words and round, a page of them at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from desk import actions, markup
from desk.quoting import picking
from desk.quoting.marking import marked
from desk.using import catalogue_in_use
from office.open_answers import OpenAnswer, Wanted, words_of
from ui import scripts
from ui.visit import Visitor
from yearbook.language import write_number

ON_A_PAGE = 20
_PLACE = "desk.answers.place"  # what is looked for, and the first answer of the page in sight

_TURNED = "desk.answers.turned"


def show(visitor: Visitor) -> None:
    counts = actions.open_questions(visitor)
    if not counts:
        st.html(markup.paragraph(visitor.word("desk.answers.empty"), "said"))
        return
    st.html(markup.paragraph(visitor.word("desk.answers.find_lead"), "quiet"))
    wanted = _ask(counts, visitor)
    found = actions.search_answers(visitor, wanted)
    writers = counts.get(wanted.question, 0)
    least = catalogue_in_use().policy.quote_threshold
    if writers < least:
        few = visitor.word("desk.answers.few", count=writers, least=least)
        st.html(markup.paragraph(few, "quiet"))
    first = _first(wanted, len(found))
    _count(found, first, visitor)
    for number, answer in enumerate(found[first : first + ON_A_PAGE]):
        _answer(number, answer, wanted, visitor, may_quote=writers >= least)
    _turning(wanted, first, len(found), visitor)
    _go_to_first(first)


def _ask(counts: Mapping[str, int], visitor: Visitor) -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom", key="answers-filters"):
        question = st.selectbox(
            visitor.word("desk.answers.question"),
            _in_order(counts),
            format_func=lambda code: _label(code, counts, visitor),
            key="answers-question",
        )
        words = st.text_input(
            visitor.word("desk.answers.words"),
            placeholder=visitor.word("desk.answers.words_example"),
            key="answers-words",
            max_chars=200,
        )
        rounds = actions.answer_rounds(visitor, question)
        survey = _one_of("survey", list(dict.fromkeys(code for code, _ in rounds)), visitor)
        years = sorted({str(y) for code, y in rounds if survey in ("", code)}, reverse=True)
        year = _one_of("year", years, visitor)
    return Wanted(question, words, survey, int(year) if year else None)


def _in_order(counts: Mapping[str, int]) -> list[str]:
    """Open questions first, then those with words beside "other", each in the catalogue's order."""
    known = catalogue_in_use().questions
    order = list(known)

    def place(code: str) -> tuple[bool, int]:
        return (code not in known or known[code].type != "text",
                order.index(code) if code in known else len(order))  # fmt: skip

    return sorted(counts, key=place)


def _label(code: str, counts: Mapping[str, int], visitor: Visitor) -> str:
    known = catalogue_in_use().questions.get(code)
    label = visitor.reads(known.label) if known else code
    if known and known.type != "text":
        label = visitor.word("desk.answers.beside_other", question=label)
    return f"{label} ({_number(counts.get(code, 0), visitor)})"


def _one_of(name: str, options: Sequence[str], visitor: Visitor) -> str:
    """ "" for all of them."""
    surveys = catalogue_in_use().surveys

    def said(option: str) -> str:
        if not option:
            return visitor.word(f"desk.answers.all_{name}")
        return visitor.reads(surveys[option].name) if option in surveys else option

    return st.selectbox(
        visitor.word(f"desk.answers.{name}"),
        ["", *options],
        format_func=said,
        key=f"answers-{name}",
    )


def _first(wanted: Wanted, count: int) -> int:
    """Where the page in sight begins; another search begins anew."""
    looked_for, first = st.session_state.get(_PLACE, (None, 0))
    return int(first) if looked_for == wanted and first < count else 0


def _count(found: Sequence[OpenAnswer], first: int, visitor: Visitor) -> None:
    if not found:
        st.html(markup.paragraph(visitor.word("desk.answers.none"), "said", role="status"))
        return
    count = sum(answer.times for answer in found)
    told = visitor.word("desk.answers.one" if count == 1 else "desk.answers.count",
                        count=_number(count, visitor))  # fmt: skip
    if len(found) > ON_A_PAGE:
        last = min(first + ON_A_PAGE, len(found))
        told += " · " + visitor.word("desk.answers.shown", first=first + 1, last=last,
                                     count=_number(len(found), visitor))  # fmt: skip
    st.html(markup.paragraph(told, "counts", role="status"))


def _answer(
    number: int, answer: OpenAnswer, wanted: Wanted, visitor: Visitor, may_quote: bool
) -> None:
    with st.container(key=f"answer-{number}", horizontal=True, vertical_alignment="center"):
        text = marked(answer.text, words_of(wanted.words))
        where = escape(" · ".join(_where(answer, wanted, visitor)))
        st.html(f'<p class="open-answer">{text}</p><p class="quiet">{where}</p>')
        if may_quote and st.button(
            visitor.word("desk.answers.pick"), key=f"pick-{number}", type="tertiary"
        ):
            picking.open_editor(wanted.question, answer.text, visitor)


def _where(answer: OpenAnswer, wanted: Wanted, visitor: Visitor) -> list[str]:
    """The round it came in, and how many wrote the same; never school or programme."""
    using = catalogue_in_use()
    survey = using.surveys.get(answer.survey)
    said = [f"{visitor.reads(survey.name) if survey else answer.survey} {answer.survey_year}"]
    if answer.option and wanted.question in using.questions:
        choices = {c.code: c.label for c in using.questions[wanted.question].choices}
        if answer.option in choices:
            said.append(visitor.reads(choices[answer.option]))
    if answer.times > 1:
        said.append(visitor.word("desk.answers.times", count=answer.times))
    return said


def _turning(wanted: Wanted, first: int, count: int, visitor: Visitor) -> None:
    if count <= ON_A_PAGE:
        return

    def turn(to: int) -> None:
        st.session_state[_PLACE] = (wanted, to)
        st.session_state[_TURNED] = True

    with st.container(horizontal=True):
        st.button(visitor.word("desk.answers.before"), key="answers-before", disabled=first == 0,
                  on_click=turn, args=(max(first - ON_A_PAGE, 0),))  # fmt: skip
        st.button(visitor.word("desk.answers.next"), key="answers-next",
                  disabled=first + ON_A_PAGE >= count,
                  on_click=turn, args=(first + ON_A_PAGE,))  # fmt: skip


def _go_to_first(first: int) -> None:
    """A page is read from its beginning, while the button that turned it stands at the end."""
    if st.session_state.pop(_TURNED, False):
        scripts.run(scripts.TO_ANSWERS, "unseen-turn", str(first))


def _number(count: int, visitor: Visitor) -> str:
    return write_number(count, 0, visitor.language)
