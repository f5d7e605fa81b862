"""Compares spellings: "KUOPION  konservatorio" and "Kuopion konservatorio" are one school."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from rapidfuzz import fuzz, process

_WORDS = re.compile(r"[^\W_]+|[%€<>+]")
_CATCH_ALL = "*"
MOST_SUGGESTIONS = 200
LONGEST_SUGGESTION = 120


def text_of(value: object) -> str:
    """A cell as a person reads it: 498.0 is "498", a day "2024-09-20", an empty cell ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Without capitals, punctuation and extra spaces; accents stay."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORDS.findall(folded))


@lru_cache(maxsize=65536)
def loose(text: str) -> str:
    """As `normal`, and without accents and spaces: the second try."""
    apart = unicodedata.normalize("NFD", normal(text))
    return "".join(sign for sign in apart if not unicodedata.combining(sign) and sign != " ")


@dataclass
class Spellings:
    """Which code is meant by a spelling. catch_all takes what nothing else does."""

    exact: dict[str, list[str]] = field(default_factory=dict)
    loosely: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    catch_all: str | None = None
    empty: str | None = None
    suggested: int = 0

    def add(self, code: str, spellings: Iterable[str]) -> None:
        for spelling in spellings:
            if spelling == _CATCH_ALL:
                self.catch_all = code
            elif not spelling.strip():
                self.empty = code
            else:
                self._add_one(code, spelling)

    def _add_one(self, code: str, spelling: str) -> None:
        # A spelling of signs alone ("-", "5 –") has no words; it is kept as it stands.
        known = normal(spelling) or spelling.strip()
        self.written.setdefault(known, spelling)
        for table, key in ((self.exact, known), (self.loosely, loose(spelling) or known)):
            codes = table.setdefault(key, [])
            if code not in codes:
                codes.append(code)

    def decide(self, code: str, spelling: str) -> None:
        """From now on the spelling means this and nothing else."""
        known = normal(spelling) or spelling.strip()
        self.exact[known] = [code]
        self.loosely[loose(spelling) or known] = [code]

    def find(self, value: object) -> tuple[str, ...]:
        """The codes that are spelled so; none for an unknown one (the catch-all is not asked)."""
        text = text_of(value)
        if not text:
            return (self.empty,) if self.empty is not None else ()
        known = self.exact.get(normal(text) or text)
        if known is None:
            known = self.loosely.get(loose(text) or text)
        return tuple(known or ())

    def suggest(self, value: object) -> str | None:
        """The known spelling that looks most like the unknown one."""
        text = normal(text_of(value))
        self.suggested += 1
        # A file in which all is strange gets its findings without guesses, but soon.
        if self.suggested > MOST_SUGGESTIONS or len(text) > LONGEST_SUGGESTION:
            return None
        close = process.extractOne(text, self.written.keys(), scorer=fuzz.ratio, score_cutoff=75)
        return self.written[close[0]] if close else None
