"""Makes a question that the director adds: its entry, the indicator that publishes it, its faults.

The entries are what would stand in `catalogue/questions` and `catalogue/indicators`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from data_loaders.words.spelling import loose, normal
from yearbook.catalogue import Catalogue, Content
from yearbook.language import Language, Text

CHOOSING = ("single", "multiple", "likert")
TYPES = (*CHOOSING, "number", "text")
MEASURES = {"single": "distribution", "multiple": "multiple", "likert": "distribution"}
UNITS = ("number", "euro", "years", "months", "hours", "jobs", "persons")
MOST_CHOICES = 60
LONGEST_LABEL = 300
LONGEST_CODE = 40
MOST_PARTS = 6  # colours that can be told apart in a stack
OTHER = [["other"], ["muu"], ["annan"], ["annat"]]  # the first word of a choice for the rest
SCALE = range(3, 12)  # how many steps a scale may have
# A mean of money needs many answers, so that it exists in the coarser groups alone.
COARSE = (("cohort",), ("block",), ("programme", "block"), ("school", "blocks"))


@dataclass(frozen=True, slots=True)
class Said:
    """What is written in three languages; where sv or en is left empty the Finnish is used."""

    fi: str
    sv: str = ""
    en: str = ""

    @property
    def content(self) -> dict[str, str]:
        fi = self.fi.strip()
        return {"fi": fi, "sv": self.sv.strip() or fi, "en": self.en.strip() or fi}


@dataclass(frozen=True, slots=True)
class NewChoice:
    """also: how the file writes it; score: its step of a scale; rolls_up: its class in charts."""

    label: Said
    also: tuple[str, ...] = ()
    score: float | None = None
    rolls_up: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """headings: how the file asks it, beside the label. unit: of a number."""

    label: Said
    type: str
    theme: str
    surveys: tuple[str, ...]
    choices: tuple[NewChoice, ...] = ()
    headings: tuple[str, ...] = ()
    is_sensitive: bool = False
    unit: str = "number"
    code: str = field(default="", compare=False)


def code_of(label: str, taken: Collection[str], beginning: str = "question") -> str:
    """ "Mitä soitat nyt?" -> "mita_soitat_nyt"; a number is put behind a code that is taken."""
    plain = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    code = "_".join(words)[:LONGEST_CODE].strip("_") or beginning
    if code[0].isdigit() and beginning == "question":
        code = f"{beginning}_{code}"
    number = 2
    free = code
    while free in taken:
        free, number = f"{code}_{number}", number + 1
    return free


def with_codes(choices: Sequence[NewChoice], taken: Collection[str] = ()) -> tuple[NewChoice, ...]:
    """Each with a code of its own: the step of a scale, otherwise made of its label."""
    found: list[NewChoice] = []
    used = set(taken)
    for one in choices:
        label = f"{one.score:g}" if one.score is not None else one.label.content["en"]
        code = one.code or code_of(label, used, "choice")
        used.add(code)
        found.append(NewChoice(one.label, one.also, one.score, one.rolls_up, code))
    return tuple(found)


def question_entry(question: NewQuestion) -> Content:
    """As it would stand in catalogue/questions."""
    entry: Content = {
        "source": "survey",
        "theme": question.theme,
        "type": question.type,
        "surveys": list(question.surveys),
        "headings": list(dict.fromkeys([*question.headings, question.label.fi.strip()])),
        "label": question.label.content,
    }
    if question.is_sensitive:
        entry["sensitive"] = True
    if question.type == "number":
        entry["unit"] = question.unit
    if question.type in CHOOSING:
        entry["choice"] = [choice_entry(one) for one in with_codes(question.choices)]
    return entry


def choice_entry(choice: NewChoice) -> Content:
    said = choice.label.content
    also = [one for one in choice.also if one.strip() and one not in said.values()]
    entry: Content = {"code": choice.code, **said}
    if choice.score is not None:
        entry["score"] = int(choice.score) if choice.score == int(choice.score) else choice.score
    if choice.rolls_up:
        entry["rolls_up"] = choice.rolls_up
    return {**entry, "also": also} if also else entry


def indicator_entry(question: NewQuestion, catalogue: Catalogue) -> Content | None:
    """What publishes it, by the usual cuts; open words are never published."""
    if question.type == "text":
        return None
    is_money = question.type == "number" and question.unit == "euro"
    measure = MEASURES.get(question.type, "median" if is_money else "mean")
    entry: Content = {
        "source": "survey",
        "theme": question.theme,
        "question": question.code,
        "measure": measure,
        "unit": question.unit if question.type == "number" else "share",
        "chart": _chart(question),
        "order": 1 + max((one.order for one in catalogue.indicators.values()), default=2000),
        "audience": "members",
        "by": [list(cut) for cut in _cuts(question, catalogue, is_money)],
        "label": question.label.content,
        "definition": _said(catalogue.word(f"office.new_question.definition.{measure}")),
    }
    return {**entry, "decimals": 1} if measure == "mean" else entry


def with_choice(entry: Content, choice: NewChoice) -> Content:
    """The question's entry with one choice more; `choice` has its code."""
    return {**entry, "choice": [*entry.get("choice", ()), choice_entry(choice)]}


def other_choice(entry: Content) -> str:
    """The choice into which what is rare is folded, or ""."""
    for choice in entry.get("choice", ()):
        said = [choice["code"], *choice.get("also", ()), choice["en"]]
        if any(one == "*" or normal(one).split()[:1] in OTHER for one in said):
            return str(choice["code"])
    return ""


def faults(question: NewQuestion, catalogue: Catalogue) -> tuple[Text, ...]:
    """Why it cannot be added so, one sentence each; the question has its code."""
    told = [catalogue.word(f"office.new_question.fault.{key}").fill(**values)
            for key, values in _faults(question, catalogue)]  # fmt: skip
    return tuple(told)


def _faults(question: NewQuestion, catalogue: Catalogue) -> Iterator[tuple[str, dict[str, object]]]:
    said = question.label
    if not said.fi.strip():
        yield "no_label", {}
        return
    if max(map(len, (said.fi, said.sv, said.en))) > LONGEST_LABEL:
        yield "long_label", {"most": LONGEST_LABEL}
    if question.type not in TYPES or f"theme.{question.theme}" not in catalogue.words:
        yield "no_theme", {}
    if not question.surveys or not set(question.surveys) <= set(catalogue.surveys):
        yield "no_survey", {}
    if question.type == "number" and question.unit not in UNITS:
        yield "no_unit", {}
    if twin := _twin(question, catalogue):
        yield "same_label", {"question": twin}
    if question.type in CHOOSING:
        yield from _choice_faults(question)


def _choice_faults(question: NewQuestion) -> Iterator[tuple[str, dict[str, object]]]:
    choices = question.choices
    if len(choices) < 2:
        yield "few_choices", {}
        return
    if len(choices) > MOST_CHOICES:
        yield "many_choices", {"most": MOST_CHOICES}
        return
    if any(not one.label.fi.strip() for one in choices):
        yield "empty_choice", {}
        return
    if any(len(text) > LONGEST_LABEL for one in choices for text in _spelled(one)):
        yield "long_choice", {"most": LONGEST_LABEL}
    if any(";" in text for one in choices for text in _spelled(one)):
        yield "semicolon", {}
    if alike := _alike(choices):
        yield "same_choice", {"choice": alike}
    if question.type == "likert":
        scores = [one.score for one in choices]
        numbers = [score for score in scores if score is not None]
        if len(numbers) < len(scores) or len(set(numbers)) < len(numbers):
            yield "no_scale", {}
        elif len(numbers) not in SCALE:
            yield "scale_length", {"least": SCALE.start, "most": SCALE.stop - 1}


def _spelled(choice: NewChoice) -> tuple[str, ...]:
    return (choice.label.fi, choice.label.sv, choice.label.en, *choice.also)


def _alike(choices: Sequence[NewChoice]) -> str:
    """The first spelling that would mean two choices."""
    seen: dict[str, int] = {}
    for number, one in enumerate(choices):
        for text in {*one.label.content.values(), *one.also}:
            key = loose(text) or text.strip()
            if key and seen.setdefault(key, number) != number:
                return text
    return ""


def _twin(question: NewQuestion, catalogue: Catalogue) -> Text | None:
    """A question that is asked with the same words already."""
    mine = {loose(text) for text in question.label.content.values()}
    for other in catalogue.survey_questions:
        if other.code != question.code and mine & {loose(other.label[one]) for one in Language}:
            return other.label
    return None


def _chart(question: NewQuestion) -> str:
    if question.type == "likert":
        return "diverging"
    is_stack = question.type == "single" and len(question.choices) <= MOST_PARTS
    return "stacked" if is_stack else "bars"


def _cuts(question: NewQuestion, catalogue: Catalogue, is_money: bool) -> Iterator[tuple[str, ...]]:
    """Where graduates judge their school, it is shown for all schools together only."""
    for cut in catalogue.policy.lattice:
        if question.is_sensitive and question.theme == "education" and "school" in cut:
            continue
        if not is_money or cut in COARSE:
            yield cut


def _said(text: Text) -> dict[str, str]:
    return {language.value: text[language] for language in Language}
