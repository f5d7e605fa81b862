"""The choices of a new question: filled in from the file, to be edited in a grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from data_loaders.examination import ExaminedColumn
from data_loaders.words.catalogue_spellings import choices_of
from data_loaders.words.spelling import text_of
from desk import markup
from office.new_questions import LONGEST_LABEL, MOST_CHOICES, NewChoice, Said
from ui.visit import Visitor
from yearbook.catalogue import Catalogue, Question

LANGUAGES = ("fi", "sv", "en")
FIELDS = ("order", "score", "fi", "sv", "en", "text")
ROW_HEIGHT, MOST_ROWS = 35, 9


def from_contents(
    columns: Sequence[ExaminedColumn], kind: str, using: Catalogue
) -> tuple[NewChoice, ...]:
    """A choice for each text in the columns, or those of a known question that has the same."""
    return prefilled(texts_of(columns, using), kind, using)


def edited(
    rows: Sequence[NewChoice], kind: str, key: str, visitor: Visitor
) -> tuple[NewChoice, ...]:
    """What stands in the grid, in order."""
    st.html(markup.paragraph(visitor.word("desk.mapping.choices"), "line"))
    told = "desk.mapping.choices_scale" if kind == "likert" else "desk.mapping.choices_lead"
    st.html(markup.paragraph(visitor.word(told), "quiet"))
    word = visitor.word
    text = {
        name: st.column_config.TextColumn(
            word(f"desk.mapping.label_{name}"), max_chars=LONGEST_LABEL
        )
        for name in LANGUAGES
    }
    table = st.data_editor(
        _frame(rows),
        hide_index=True,
        num_rows="dynamic",
        column_order=[f for f in FIELDS if f != ("order" if kind == "likert" else "score")],
        column_config={
            **text,
            "order": st.column_config.NumberColumn(word("desk.mapping.order"), width=60, step=1),
            "score": st.column_config.NumberColumn(word("desk.mapping.score"), width=80),
            "text": st.column_config.TextColumn(word("desk.mapping.in_file"), disabled=True),
        },
        placeholder="–",
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS) + 2),
        key=key,
    )
    return _read(
        table.sort_values(
            "score" if kind == "likert" else "order", na_position="last", kind="stable"
        ),
        rows,
    )


def texts_of(columns: Sequence[ExaminedColumn], using: Catalogue) -> list[str]:
    """What is answered, the most frequent first, without the codes for no answer."""
    counted: Counter[str] = Counter()
    for column in columns:
        for option in column.options:
            if text_of(option.text).casefold() not in using.reading.missing:
                counted[option.text] += option.count
    return [text for text, _ in counted.most_common(MOST_CHOICES)]


def prefilled(texts: Sequence[str], kind: str, using: Catalogue) -> tuple[NewChoice, ...]:
    """The choices of a known question where they are the same, otherwise one for each text."""
    if known := _known(texts, kind, using):
        return known
    made = [NewChoice(Said(text), (text,), _number(text) if kind == "likert" else None)
            for text in texts]  # fmt: skip
    if made and all(one.score is not None for one in made):
        made.sort(key=lambda one: one.score or 0.0)
    return tuple(made)


def _known(texts: Sequence[str], kind: str, using: Catalogue) -> tuple[NewChoice, ...]:
    for question in using.survey_questions:
        if question.type == kind and texts and _are_all_in(texts, question):
            return tuple(
                NewChoice(Said(one.label.fi, one.label.sv, one.label.en), one.also, one.score)
                for one in question.choices
            )
    return ()


def _are_all_in(texts: Sequence[str], question: Question) -> bool:
    spellings = choices_of(question)
    # Numbers alone say nothing of what the steps are called.
    named = any(_number(text) is None for text in texts)
    return named and all(spellings.find(text) for text in texts)


def _number(text: str) -> float | None:
    """The step that a text begins with: "5", "5 = täysin samaa mieltä"."""
    begin = text.split("=")[0].split("–")[0].split("-")[0].strip().replace(",", ".")
    try:
        return float(begin)
    except ValueError:
        return None


def _frame(rows: Sequence[NewChoice]) -> pd.DataFrame:
    made = [
        {
            "order": number,
            "fi": one.label.fi,
            "sv": one.label.sv,
            "en": one.label.en,
            "score": one.score,
            "text": " · ".join(one.also),
        }
        for number, one in enumerate(rows, start=1)
    ]
    frame = pd.DataFrame(made, columns=list(FIELDS))
    texts = dict.fromkeys(("fi", "sv", "en", "text"), "string")
    return frame.astype({**texts, "order": "Int64", "score": "float64"})


def _read(table: Any, rows: Sequence[NewChoice]) -> tuple[NewChoice, ...]:
    """In the order of the table; rows of which all is empty are left out."""
    found = []
    for index, row in table.iterrows():
        said = Said(*("" if pd.isna(row[name]) else str(row[name]) for name in LANGUAGES))
        was = rows[index] if isinstance(index, int) and index < len(rows) else NewChoice(said)
        if said.fi or said.sv or said.en or was.also:
            score = None if pd.isna(row["score"]) else float(row["score"])
            found.append(replace(was, label=said, score=score))
    return tuple(found)
