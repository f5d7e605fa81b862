"""The words and signs that survey tools put into headings of their own accord."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from data_loaders.words.spelling import normal

LONGEST_NAME = 200
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_JSON = re.compile(r"\s*\{.*\}\s*", re.DOTALL)
_LOOKS_CODED = re.compile(r"(?=.*[\d_\[])[\w\[\].#]{1,60}|[VQK]\d{1,3}", re.IGNORECASE)

# What tools write below or behind a question that has no parts.
ANSWER_WORDS = frozenset(
    normal(word)
    for word in (
        "Response", "Responses", "Open-Ended Response", "Selected Choice", "Answer", "Value",
        "Vastaus", "Vastaukset", "Avoin vastaus", "Valittu vaihtoehto", "Svar", "Öppet svar",
        "Fritextsvar", "Valt alternativ", "Antwort", "Ausgewählte Option",
    )
)  # fmt: skip
TEXT_WORDS = frozenset(
    normal(word)
    for word in (
        "Text", "Teksti", "Fritext", "Avoin teksti", "Comment", "Kommentti", "Kommentar",
        "Kommentaari", "Comments", "Other text",
    )
)  # fmt: skip
# What a tool tells of a question besides its answers: points of a quiz, the order of options …
ABOUT_WORDS = frozenset(
    normal(word)
    for word in (
        "Score", "Feedback", "Points", "Pisteet", "Pistemäärä", "Palaute", "Poäng", "Återkoppling",
        "Display Order", "Näyttöjärjestys", "Visningsordning", "Topics", "Topic", "Sentiment",
        "Sentiment Score", "Sentiment Polarity", "Aiheet", "Ämnen", "First Click", "Last Click",
        "Page Submit", "Click Count", "Question time", "Kysymyksen aika", "Frågans tid",
    )
)  # fmt: skip
# What programs write where a heading is empty: pandas, readr, R, tables of Excel.
_PLACEHOLDER = re.compile(
    r"Unnamed: ?\d+(?:_level_\d+)?|\.{3}\d+|X\.\d+|(?:Column|Sarake|Kolumn|Spalte)\d+",
    re.IGNORECASE,
)
_FIRST_OF_R, _SECOND_OF_R = "X", "X.1"
COMMENT = "comment"
# Behind an option: under it stand the words that were written beside it.
WORDS_BESIDE = re.compile(
    r"(?P<part>.+?)[\s(\[:–-]+(?:avoin vastaus|avovastaus|avoin teksti|tekstivastaus|fritt svar|"
    r"öppet svar|fritextsvar|fritext|open[- ]ended response|open answer|open text|free text|"
    r"comment|text entry)[)\]]?",
    re.IGNORECASE,
)
_ASKED_FOR = (
    r"please specify|specify|please describe|describe|please explain|explain|please state|write in|"
    r"required|optional|which|what|text|option|mikä|mitä|kuka|missä|tarkenna|täsmennä|"
    r"kerro tarkemmin|kerro mitä|ole hyvä|vad|vilken|vilket|vilka|specificera|precisera|ange|"
    r"var god|beskriv|muu|annat|other"
)
_OTHER_WORDS = re.compile(
    r"(?:(?:other|others|something else|muu|muut|jokin muu|joku muu|muuta|jotain muuta|annan|annat|"
    r"något annat|någon annan|övrigt|övriga|andra|sonstiges)"
    # "Muu syy, mikä?", "Other reason (please specify)"; and "Other_2", the second with that name.
    rf"(?: (?:{_ASKED_FOR}))*(?: \d{{1,2}})?"
    rf"|(?:other|muu|jokin muu|annan|annat) \w+(?: (?:{_ASKED_FOR}))+)"
)  # fmt: skip


def cleaned(text: str) -> str:
    """A heading without html, and without the spaces and dots that keep its shape only."""
    plain = html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text
    return " ".join(plain.replace("\u200b", "").split())


def parts_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a heading from top to bottom that say something to people."""
    said = (cleaned(cell) for cell in cells if not _JSON.fullmatch(cell))
    return tuple(dict.fromkeys(text for text in said if text))


def is_placeholder(text: str, row: Sequence[object] = ()) -> bool:
    """Whether a program has put it where the heading was empty: "Unnamed: 12", "Sarake5".

    row: the cells beside it; R writes "X" for the first empty heading, "X.1" for the next.
    """
    if text == _FIRST_OF_R:
        return _SECOND_OF_R in row
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def is_other_name(text: str) -> bool:
    """Whether it is the name of "other, please specify"."""
    return len(text) <= LONGEST_NAME and _OTHER_WORDS.fullmatch(normal(text)) is not None


def is_coded(text: str) -> bool:
    """Whether it looks like a tool's code rather than words: Q12, V3, code[SQ001], var___2."""
    return _LOOKS_CODED.fullmatch(text.strip()) is not None
