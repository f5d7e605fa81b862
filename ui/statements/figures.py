"""The figures of a statement in their order: each drawn, with its text, headline and alt text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from ui import prose, tables, ways
from ui.statements import drawing, fields
from ui.statements.acting import Hand
from ui.statements.fields import Apply, Field
from ui.words import word as word_of
from yearbook.charts import Chart, screen
from yearbook.editions import Edition
from yearbook.language import Language, Text
from yearbook.statements import (
    Figure,
    LaidFigure,
    Statement,
    draft,
    move,
    remove,
    replace_figure,
)

Drafts = Mapping[str, str]  # text, headline and alt as the data have them

CHARTS = ("tilastot", "yleiskuva")  # pages where there are some to add
STILL = {**screen.CONFIG, "staticPlot": True}
_REMOVED = "statement-removed"  # (of which statement, its place, the figure), to bring it back


def show(hand: Hand) -> None:
    word, statement = hand.visitor.word, hand.statement
    prose.heading(word("statement_page.charts"))
    if not statement.figures:
        prose.say(word("statement_page.no_charts"))
    editions = drawing.editions_of(statement, hand.visitor)
    for number, figure in enumerate(statement.figures, 1):
        laid = drawing.lay_figure(figure, editions, statement.language)
        with st.container(border=True, key=f"statement-figure-{number}"):
            _head(number, laid, hand)
            drafted = _drafts(figure, editions, statement.language)
            _text(number, drafted, hand)
            drawn(laid, f"statement-{hand.number}-{number}")
            _headline_and_alt(number, drafted, hand)
    _bring_back(hand)
    with st.container(key="statement-more"):
        ways.link(
            CHARTS,
            word("statement_page.more_charts" if statement.figures else "statement_page.to_charts"),
        )


def label(statement: Statement, number: int, language: Language) -> str:
    """ "Kuvio 2": each kind is counted by itself, as in the document."""
    as_table = statement.figures[number - 1].as_table
    same = [one for one in statement.figures[:number] if one.as_table == as_table]
    kind = "table" if as_table else "figure"
    return word_of(f"statements.{kind}").fill(number=len(same))[language]


def drawn(laid: LaidFigure, key: str) -> None:
    """The chart or its table, or why there is none."""
    chart = laid.chart
    if chart is None:
        prose.say(laid.missing, "told wrong")
        return
    st.html(f'<p class="statement-measure">{escape(chart.subtitle)}</p>')
    if laid.as_table or chart.is_empty:
        tables.show(chart, key, is_whole=True)
    else:
        _plot(chart, key)
    st.html(f'<p class="footer">{" · ".join(_under(line, laid) for line in laid.under)}</p>')


def _under(line: str, laid: LaidFigure) -> str:
    """An address as the few words that the document prints."""
    if line != laid.link or laid.chart is None:
        return escape(line)
    told = escape(word_of("statements.see_again")[laid.chart.language])
    return f'<a href="{escape(line, quote=True)}" target="_blank">{told}</a>'


def _plot(chart: Chart, key: str) -> None:
    st.plotly_chart(
        screen.figure(chart, st.context.theme.type == "dark"),
        key=f"chart-{key}",
        theme=None,
        height=chart.height,
        config=STILL,
        alt=chart.alt,
    )


def _head(number: int, laid: LaidFigure, hand: Hand) -> None:
    """Its number and headline, and what can be done with it."""
    word, count = hand.visitor.word, len(hand.statement.figures)
    named = label(hand.statement, number, hand.visitor.language)
    said = laid.chart.headline if laid.chart is not None else ""
    st.html(f'<h3 class="statement-figure"><span>{escape(named)}</span> {escape(said)}</h3>')
    with st.container(horizontal=True, gap="small", key=f"statement-moves-{number}"):
        moves = (("up", -1, number == 1), ("down", 1, number == count))
        for name, by, is_at_end in moves:
            st.button(
                word(f"statement_page.{name}"),
                key=f"statement-{name}-{number}",
                type="tertiary",
                disabled=is_at_end,
                on_click=hand.change,
                args=(partial(move, number=number, by=by),),
            )
        _as_table(number, hand)
        st.button(
            word("statement_page.remove"),
            key=f"statement-remove-{number}",
            type="tertiary",
            on_click=_remove,
            args=(number, hand),
        )


def _as_table(number: int, hand: Hand) -> None:
    key = f"statement-{hand.number}-{number}-as-table"
    is_table = hand.statement.figures[number - 1].as_table
    if st.session_state.get(key) != is_table:
        st.session_state[key] = is_table

    def take() -> None:
        wanted = bool(st.session_state[key])
        hand.change(partial(_with, number=number, as_table=wanted))

    st.checkbox(hand.visitor.word("statement_page.as_table"), key=key, on_change=take)


def _text(number: int, drafted: Drafts, hand: Hand) -> None:
    """Her text before the figure; at first the draft."""
    figure, word = hand.statement.figures[number - 1], hand.visitor.word
    language = hand.statement.language
    is_draft = figure.text is None
    value = drafted["text"] if figure.text is None else figure.text[language]
    apply = _text_of(number, language, drafted["text"])
    labelled = word("statement_page.text")
    fields.show(Field(f"{number}-text", value, apply, 4, label=labelled), hand)
    told = word(f"statement_page.text_{'drafted' if is_draft else 'own'}")
    with st.container(horizontal=True, key=f"statement-told-{number}", vertical_alignment="center"):
        st.html(f'<p class="quiet">{escape(told)}</p>', width="content")
        if not is_draft:
            st.button(
                word("statement_page.draft_again"),
                key=f"statement-draft-{number}",
                type="tertiary",
                on_click=hand.change,
                args=(partial(_with, number=number, text=None),),
            )


def _headline_and_alt(number: int, drafted: Drafts, hand: Hand) -> None:
    """Drafted till she writes her own."""
    figure, word = hand.statement.figures[number - 1], hand.visitor.word
    language = hand.statement.language
    for name, lines in (("headline", 1), ("alt", 3)):
        words = getattr(figure, name)
        value = (words[language].strip() if words is not None else "") or drafted[name]
        apply = _own_of(number, name, language, drafted[name])
        labelled = word(f"statement_page.{name}")
        field = Field(f"{number}-{name}", value, apply, lines, "", labelled, is_live=False)
        fields.show(field, hand)
    st.html(f'<p class="quiet">{escape(word("statement_page.drafted_help"))}</p>')


def _drafts(figure: Figure, editions: Mapping[str, Edition], language: Language) -> dict[str, str]:
    """What stands in the fields as long as she has not written anything."""
    plain = replace(figure, headline=None, alt=None, text=None)
    laid = drawing.lay_figure(plain, editions, language)
    edition = editions.get(figure.excerpt.edition)
    if laid.chart is None or edition is None:
        return {"text": "", "headline": "", "alt": ""}
    sentence = draft(laid.chart, edition)
    return {"text": sentence, "headline": laid.chart.headline, "alt": laid.chart.alt}


def _text_of(number: int, language: Language, drafted: str) -> Apply:
    """Empty leaves the text out; the draft as it was offered stays a draft."""

    def apply(statement: Statement, value: str) -> Statement:
        if value == drafted:
            return _with(statement, number, text=None)
        before = statement.figures[number - 1].text if _has(statement, number) else None
        return _with(statement, number, text=_said(before, language, value))

    return apply


def _own_of(number: int, name: str, language: Language, drafted: str) -> Apply:
    """Empty, or the draft as it was offered, stays a draft."""

    def apply(statement: Statement, value: str) -> Statement:
        if not _has(statement, number):
            return statement
        before = getattr(statement.figures[number - 1], name)
        is_draft = value.strip() in ("", drafted.strip())
        said = _said(before, language, "" if is_draft else value)
        is_own = any(said[one] for one in Language)
        return _with(statement, number, **{name: said if is_own else None})

    return apply


def _said(before: Text | None, language: Language, value: str) -> Text:
    words = {one.value: before[one] if before is not None else "" for one in Language}
    return Text(**{**words, language.value: value})


def _has(statement: Statement, number: int) -> bool:
    return 1 <= number <= len(statement.figures)


def _with(statement: Statement, number: int, **changed: object) -> Statement:
    if not _has(statement, number):
        return statement
    figure = replace(statement.figures[number - 1], **changed)  # type: ignore[arg-type]
    return replace_figure(statement, number, figure)


def _remove(number: int, hand: Hand) -> None:
    """At one click, since it can be brought back with all that was written for it."""
    st.session_state[_REMOVED] = (hand.number, number, hand.statement.figures[number - 1])
    hand.change(partial(remove, number=number))


def _bring_back(hand: Hand) -> None:
    of, number, figure = st.session_state.get(_REMOVED, (None, 0, None))
    if of != hand.number or figure is None:
        return
    word = hand.visitor.word
    with st.container(horizontal=True, key="statement-removed-row", vertical_alignment="center"):
        st.html(f'<p class="quiet">{escape(word("statement_page.removed"))}</p>', width="content")
        st.button(
            word("statement_page.undo"),
            key="statement-undo",
            type="tertiary",
            on_click=_put_back,
            args=(number, figure, hand),
        )


def _put_back(number: int, figure: Figure, hand: Hand) -> None:
    st.session_state.pop(_REMOVED, None)

    def change(statement: Statement) -> Statement:
        figures = statement.figures
        return replace(statement, figures=(*figures[: number - 1], figure, *figures[number - 1 :]))

    hand.change(change)
