"""Takes a heading apart as survey tools put it together: code, question, part in question.

Every way to read a heading is given, likeliest first; the catalogue decides which one holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from data_loaders.words.heading_words import (
    ABOUT_WORDS,
    ANSWER_WORDS,
    COMMENT,
    LONGEST_NAME,
    TEXT_WORDS,
    WORDS_BESIDE,
    is_coded,
)
from data_loaders.words.spelling import normal

LONGEST_HEADING = 2_000
MOST_SPLITS = 6
_CODE = r"[A-Za-zÅÄÖåäö_][\wÅÄÖåäö]{0,59}"
# LimeSurvey: "code[SQ001]. Text [Option]", "code. Text", "code[SQ001_SQ002][1]", "code._.Text".
_CODED = re.compile(
    rf"(?P<code>{_CODE})(?P<subs>(?:\[[^\[\]\s]{{1,40}}\])*)\s*(?P<by>\._\.|[.:]\s)\s*(?P<text>.*)",
    re.DOTALL,
)
_ONLY_CODE = re.compile(rf"(?P<code>{_CODE})(?P<subs>(?:\[[^\[\]\s]{{1,40}}\])+)\.?")
_SUB = re.compile(r"\[([^\[\]]+)\]")
# REDCap: "hobby___3"; Qualtrics: "Q2_4", "Q2_4_TEXT".
_UNDERSCORED = re.compile(r"(?P<code>[A-Za-z]\w*?)(?:___(?P<redcap>\w+)|_(?P<part>\d+))(?:_TEXT)?")
_QUALTRICS_TEXT = re.compile(r"(?P<code>[A-Za-z]\w*?)(?:_(?P<part>\d+))?_TEXT")
_SEPARATOR = re.compile(r"\s*(?:\._\.|::|[:|\n>])\s*|\s+[-–—/]\s+")
_CHOICE = re.compile(r"choice\s?=\s?")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a heading. part: a row or an option. rest: what this reading leaves over."""

    question: str
    part: str = ""
    rest: str = ""
    by_code: bool = False
    is_text: bool = False  # under it stand words written beside an option, as the tool says


def forms(parts: Sequence[str]) -> Iterator[Form]:
    """The readings of a heading of one cell or several, without doubles."""
    seen: set[Form] = set()
    kept = [part for part in parts if len(part) <= LONGEST_HEADING]
    if len(kept) > 1:
        kept = [part for part in kept if normal(part) not in ANSWER_WORDS] or kept[:1]
    if not kept:
        return
    found = _of_one(kept[0]) if len(kept) == 1 else _of_several(kept)
    for form in chain.from_iterable(map(_with_words_beside, found)):
        if form not in seen and form.question.strip():
            seen.add(form)
            yield form


def _with_words_beside(form: Form) -> Iterator[Form]:
    """The form, and if its part says so, the part without that it is words."""
    yield form
    is_short = 0 < len(form.part) <= LONGEST_NAME
    if is_short and (match := WORDS_BESIDE.fullmatch(form.part)):
        yield replace(form, part=match["part"], is_text=True)


def _of_several(parts: Sequence[str]) -> Iterator[Form]:
    """A stem above and a row below, or codes beside texts; then each cell by itself."""
    *upper, lower = parts
    above = " ".join(upper)
    yield Form(above, lower)
    yield Form(lower, above)
    if len(upper) > 1:
        yield Form(upper[0], " ".join((*upper[1:], lower)))
        yield Form(upper[-1], lower)
    texts = [part for part in parts if not is_coded(part)]
    codes = [part for part in parts if is_coded(part)]
    for alone in (*texts, *codes):
        others = [part for part in texts if part is not alone]
        for form in _of_one(alone):
            rest = " ".join(others)
            yield replace(form, rest=rest or form.rest)


def _of_one(text: str) -> Iterator[Form]:
    yield from _in_round_brackets(text)
    yield Form(text)
    yield from _coded(text)
    yield from _bracketed(text)
    yield from _separated(text)
    yield from _underscored(text)


def _coded(text: str) -> Iterator[Form]:
    """A code and then, perhaps, the words: what the words say goes before what the code says."""
    match = _CODED.fullmatch(text)
    if match and match["by"].startswith(":") and not is_coded(match["code"]):
        match = None  # "Hobbies: Dance" has no code
    body = match["text"].strip() if match else ""
    if match and body:
        yield from _uncoded(body)
    match = match or _ONLY_CODE.fullmatch(text)
    if match is None:
        return
    code, subs = match["code"], _SUB.findall(match["subs"])
    option = (_last_bracket(body) or (body, ""))[1]
    if subs and subs[-1].endswith(COMMENT):
        # LimeSurvey: the comment beside an option, or beside the whole question.
        part = subs[-1].removesuffix(COMMENT)
        yield Form(code, part, by_code=True, is_text=True)
    elif subs:
        yield Form(f"{code}[{']['.join(subs)}]", by_code=True)
        if option:
            yield Form(code, option, by_code=True)
        yield Form(code, subs[-1], by_code=True)
    elif body:
        yield Form(code, by_code=True)


def _in_round_brackets(text: str) -> Iterator[Form]:
    """`Question (choice=Option)` as REDCap writes it, `Question (Other, please specify)`."""
    stem, part = _last_bracket(text, "()") or ("", "")
    if stem and (part := _CHOICE.sub("", part, count=1)):
        yield Form(stem, part)


def _uncoded(body: str) -> Iterator[Form]:
    yield from _in_round_brackets(body)
    yield Form(body)
    yield from _bracketed(body)
    yield from _separated(body)


def is_about(part: str) -> bool:
    """Whether a part of a heading says that the tool tells something of the question itself."""
    return any(normal(piece) in ABOUT_WORDS for piece in _SEPARATOR.split(part))


def _bracketed(text: str) -> Iterator[Form]:
    """`Question [Row]`, also `Question [Row][Column]`, and `[Row]` where the stem is left out."""
    found = _last_bracket(text)
    if found is None:
        return
    stem, part = found
    if not stem:
        yield Form(part)
        return
    if not part:
        yield Form(stem)
        return
    yield Form(stem, part)
    if normal(part) in TEXT_WORDS:
        yield from (replace(form, is_text=True) for form in _uncoded(stem))
    before = _last_bracket(stem)
    if before and before[0] and before[1]:
        yield Form(before[0], f"{before[1]} {part}")


def _last_bracket(text: str, signs: str = "[]") -> tuple[str, str] | None:
    """What stands before the bracket at the end, and in it; brackets may hold brackets."""
    if not text.endswith(signs[1]):
        return None
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {signs[1]: 1, signs[0]: -1}.get(text[at], 0)
        if depth == 0:
            return text[:at].strip(), text[at + 1 : -1].strip()
    return None


def _separated(text: str) -> Iterator[Form]:
    """`Question: Option`, `Question - Option`, and `Option:Question` as Alchemer writes it."""
    text = _without_answer_words(text)
    stem, is_text = _without_text_word(text)
    if is_text:
        yield from (replace(form, is_text=True) for form in _separated(stem))
        return
    for match in list(_SEPARATOR.finditer(text))[:MOST_SPLITS]:
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        if not left or not right:
            continue
        if normal(right) in ANSWER_WORDS:
            yield Form(left)
        else:
            yield Form(left, right)
            yield Form(right, left)


def _without_text_word(text: str) -> tuple[str, bool]:
    """Qualtrics: "Question - Other - Text"."""
    matches = list(_SEPARATOR.finditer(text))
    if matches and normal(text[matches[-1].end() :]) in TEXT_WORDS:
        return text[: matches[-1].start()], True
    return text, False


def _without_answer_words(text: str) -> str:
    """Qualtrics: "Question - Selected Choice - Option"."""
    pieces = _SEPARATOR.split(text)
    if len(pieces) < 3 or not any(normal(piece) in ANSWER_WORDS for piece in pieces[1:-1]):
        return text
    return " - ".join(piece for piece in pieces if normal(piece) not in ANSWER_WORDS)


def _underscored(text: str) -> Iterator[Form]:
    if match := _QUALTRICS_TEXT.fullmatch(text):
        yield Form(match["code"], match["part"] or "", by_code=True, is_text=True)
    elif match := _UNDERSCORED.fullmatch(text):
        yield Form(match["code"], match["redcap"] or match["part"], by_code=True)
