"""Says what a column is, why it was taken for that, and what was decided, in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from data_loaders.examination import ExaminedColumn, Suggestion
from desk import markup
from office.grids import Grid
from office.mapping import ColumnChoice
from ui.visit import Visitor
from yearbook.catalogue import Catalogue
from yearbook.language import write_number

LONGEST_SAMPLE = 90
MOST_ROWS = 8
# What a survey's column may say beside answers; frames and annual returns have others.
ROLES = (
    "school", "programme", "cohort", "survey", "survey_year", "respondent", "timestamp", "personal",
    "ignored", "started", "status", "finished", "progress", "duration", "channel", "event",
    "instance", "language", "question", "option", "value",
)  # fmt: skip


def name_of_question(code: str, using: Catalogue, visitor: Visitor) -> str:
    question = using.questions.get(code)
    return visitor.reads(question.label) if question else code


def name_of_option(question: str, option: str, using: Catalogue, visitor: Visitor) -> str:
    if not option:
        return visitor.word("desk.mapping.no_answer")
    asked = using.questions.get(question)
    choices = {one.code: one for one in asked.choices} if asked else {}
    return visitor.reads(choices[option].label) if option in choices else option


def name_of_role(role: str, visitor: Visitor) -> str:
    return visitor.word(f"desk.mapping.role.{role if role in ROLES else 'other'}")


def name_of_choice(choice: ColumnChoice, using: Catalogue, visitor: Visitor) -> str:
    """ "Kysymys: Pääasiallinen toiminta", "Taustatieto: oppilaitos"."""
    if choice.role in ("ignored", "personal"):
        return name_of_role(choice.role, visitor)
    if choice.role:
        return visitor.word("desk.mapping.is_role", role=name_of_role(choice.role, visitor))
    question = name_of_question(choice.question, using, visitor)
    if choice.is_other:
        return visitor.word("desk.mapping.is_other", question=question)
    if choice.option:
        option = name_of_option(choice.question, choice.option, using, visitor)
        return visitor.word("desk.mapping.is_option", question=question, option=option)
    return visitor.word("desk.mapping.is_question", question=question)


def name_of_suggestion(one: Suggestion, using: Catalogue, visitor: Visitor) -> str:
    """ "Pääasiallinen toiminta (82 %)"."""
    if one.kind == "role":
        name = name_of_role(one.code, visitor)
    else:
        name = name_of_question(one.code, using, visitor)
    return with_likeness(name, one.likeness, visitor)


def with_likeness(name: str, likeness: float, visitor: Visitor) -> str:
    said = write_number(likeness, 0, visitor.language)
    return visitor.word("desk.mapping.likeness", name=name, likeness=said)


def why(column: ExaminedColumn, visitor: Visitor) -> str:
    return visitor.word(f"desk.mapping.why.{column.why or 'unknown'}")


def card(column: ExaminedColumn, sheet: str, visitor: Visitor) -> str:
    """HTML: where it is, its heading, three samples, how many answered."""
    where = visitor.word("desk.mapping.where", sheet=sheet, cell=column.address)
    filled = visitor.word(
        "desk.mapping.filled",
        filled=write_number(column.filled, 0, visitor.language),
        different=write_number(column.different, 0, visitor.language),
        type=visitor.word(f"desk.mapping.guessed.{column.guessed_type or 'text'}"),
    )
    return (
        f'<p class="where">{escape(where)}</p>'
        f'<h3 class="column">{escape(shown(column.heading, 300))}</h3>'
        f"{samples(column, visitor)}"
        f"{markup.paragraph(filled, 'filled')}"
    )


def samples(column: ExaminedColumn, visitor: Visitor) -> str:
    if not column.samples:
        return ""
    told = "".join(f"<q>{escape(shown(one, LONGEST_SAMPLE))}</q> " for one in column.samples[:3])
    return f'<p class="samples">{escape(visitor.word("desk.mapping.samples"))} {told}</p>'


def shown(text: str, longest: int) -> str:
    """On one line; a long one is cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def grid_card(grid: Grid, sheet: str, visitor: Visitor) -> str:
    """HTML: the question that the columns share, and what each of them adds to it."""
    first, last = grid.columns[0], grid.columns[-1]
    cells = f"{first.address} … {last.address}"
    where = visitor.word("desk.mapping.where", sheet=sheet, cell=cells)
    told = visitor.word("desk.mapping.grid", count=len(grid.columns))
    rows = "".join(f"<li>{escape(shown(row, 120))}</li>" for row in grid.rows[:MOST_ROWS])
    more = len(grid.rows) - MOST_ROWS
    if more > 0:
        rows += f"<li>{escape(visitor.word('desk.mapping.more_rows', count=more))}</li>"
    return (
        f'<p class="where">{escape(where)}</p>'
        f'<h3 class="column">{escape(shown(grid.stem, 300))}</h3>'
        f'{markup.paragraph(told, "filled")}<ul class="rows">{rows}</ul>'
        f"{samples(first, visitor)}"
    )


def pair(heading: str, said: str) -> str:
    """HTML: a column or an answer, and what it was taken for."""
    return (
        f'<p class="pair"><b>{escape(heading)}</b> <span aria-hidden="true">→</span> '
        f"{escape(said)}</p>"
    )


def answer(text: str, count: str) -> str:
    """HTML: what was answered, and how often."""
    return f'<p class="pair"><q>{escape(text)}</q> <span class="filled">{escape(count)}</span></p>'


def listed(sentences: Sequence[str]) -> str:
    """HTML: a list."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="kept">{items}</ul>'
