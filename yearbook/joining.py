"""Joins the members' edition with what one school alone may see: for the screen of that school and
for the files that are made for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from yearbook.editions import Edition, Table


def joined(members: Edition, own: Edition, school: str) -> Edition:
    """The members' edition with the school's own figures; its audience is the school. Whatever the
    second one holds, no other school's cell comes along."""
    if (own.name, own.audience) != (members.name, school):
        raise ValueError(
            f"edition {own.name} says it is for {own.audience}, not {members.name} of {school}"
        )
    return replace(members, audience=school, tables=_Joined(members.tables, own.tables, school))


def with_words(edition: Edition, words: Mapping[str, dict[str, str]]) -> Edition:
    """Charts use words that an edition published before an upgrade does not have. Whatever the
    edition has frozen goes before them."""
    return replace(
        edition, content={**edition.content, "words": {**words, **edition.content["words"]}}
    )


class _Joined(Mapping[str, Table]):
    """The members' tables, with the school's own cells after them; joined when first asked for."""

    def __init__(self, members: Mapping[str, Table], own: Mapping[str, Table], school: str) -> None:
        self._members, self._own, self._school = members, own, school
        self._joined: dict[str, Table] = {}

    def __getitem__(self, indicator: str) -> Table:
        if indicator not in self._own:
            return self._members[indicator]
        if indicator not in self._joined:
            self._joined[indicator] = self._join(indicator)
        return self._joined[indicator]

    def _join(self, indicator: str) -> Table:
        own = self._own[indicator].select(school=self._school)
        of_all = self._members[indicator].cells if indicator in self._members else ()
        return Table(indicator, (*of_all, *own.cells))

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._members or indicator in self._own

    def __iter__(self) -> Iterator[str]:
        yield from self._members
        yield from (indicator for indicator in self._own if indicator not in self._members)

    def __len__(self) -> int:
        return sum(1 for _ in self)
