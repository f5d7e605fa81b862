"""Splits a cell that holds several options, also where the options have commas of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data_loaders.spelling import Spellings, loose, normal, text_of
from data_loaders.workbook import Value

_HARD = re.compile(r"\s*[;\n|]\s*")
_SOFT = re.compile(r"\s*,\s*")
_LIST = re.compile(r"\[\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*(?:,.*)?\]", re.DOTALL)
_LISTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
Span = tuple[int, int]


@dataclass
class Splitter:
    """Knows the options of one question; remembers what it has looked up.

    longest: how many words the longest option has that begins with a word.
    """

    spellings: Spellings
    longest: dict[str, int] = field(default_factory=dict)
    known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spelled in self.spellings.exact:
            words = spelled.split()
            first = loose(words[0]) if words else ""
            self.longest[first] = max(self.longest.get(first, 1), len(words))

    def split(self, value: Value) -> tuple[list[str], list[str]]:
        """The known options in a cell and the texts nobody knows; "" is a decided no answer."""
        text = text_of(value)
        code = self.code(text)
        if code is not None:
            return _chosen([code]), []
        known: list[str] = []
        unknown: list[str] = []
        if _LIST.fullmatch(text):
            for match in _LISTED.finditer(text):
                self._take(match[1] or match[2] or "", known, unknown)
        else:
            self._take_pieces(text, known, unknown)
        return _chosen(known), unknown

    def code(self, text: str) -> str | None:
        """The option that is spelled so."""
        if text not in self.known:
            self.known[text] = next(iter(self.spellings.find(text)), None) if text else None
        return self.known[text]

    def _take(self, text: str, known: list[str], unknown: list[str]) -> None:
        code = self.code(text.strip())
        if code is not None:
            known.append(code)
        elif text.strip():
            unknown.append(text.strip())

    def _take_pieces(self, text: str, known: list[str], unknown: list[str]) -> None:
        """Semicolons, line feeds and bars first; commas only within what is left over."""
        for piece, code in self._runs(text, _spans(text, _HARD)):
            if code is not None:
                known.append(code)
            else:
                self._take_at_commas(piece, known, unknown)

    def _take_at_commas(self, piece: str, known: list[str], unknown: list[str]) -> None:
        """What lies unknown between known options is one text, with its commas."""
        strange: list[str] = []
        for part, code in self._runs(piece, _spans(piece, _SOFT)):
            if code is None:
                strange.append(part)
                continue
            known.append(code)
            if strange:
                unknown.append(", ".join(strange))
                strange = []
        if strange:
            unknown.append(", ".join(strange))

    def _runs(self, text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str | None]]:
        """From left to right the longest run of parts that is an option, or a part that is none."""
        at = 0
        while at < len(spans):
            end, code = self._longest_run(text, spans, at)
            yield text[spans[at][0] : spans[end - 1][1]], code
            at = end

    def _longest_run(self, text: str, spans: Sequence[Span], at: int) -> tuple[int, str | None]:
        start, first_end = spans[at]
        words = normal(text[start:first_end]).split()
        most = self.longest.get(loose(words[0]), 1) if words else 1
        end = at + 1
        while end < len(spans) and end - at < most:
            end += 1
        for last in range(end, at, -1):
            code = self.code(text[start : spans[last - 1][1]])
            if code is not None:
                return last, code
        return at + 1, None


def split_options(value: Value, spellings: Spellings) -> tuple[list[str], list[str]]:
    """The known options in a cell and the texts nobody knows."""
    return Splitter(spellings).split(value)


def _chosen(codes: Sequence[str]) -> list[str]:
    """Each once, without what was decided to be no answer."""
    return [code for code in dict.fromkeys(codes) if code]


def _spans(text: str, separator: re.Pattern[str]) -> list[Span]:
    """Where the parts of a text are that are not empty."""
    spans: list[Span] = []
    at = 0
    for match in separator.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    return [(start, end) for start, end in spans if text[start:end].strip()]
