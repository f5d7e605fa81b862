"""Lays what the director adds over a catalogue's content, and takes out what no visitor needs.

Additions have the form of the files that they add to: `questions`, `indicators` (code -> entry) and
`mappings` (survey -> its `column` and `option` entries). The shipped files are never changed, so
that an upgrade of the product and the director's own work do not collide.
"""

from __future__ import annotations

from yearbook.catalogue.entries import Content

WHOLE = ("questions", "indicators")
COLUMN, OPTION = "column", "option"
# Two entries with the same values here are about the same column or answer: the later one counts.
SAME = {
    COLUMN: {"heading": "", "occurrence": 1, "from": 0},
    OPTION: {"question": "", "text": "", "from": 0},
}


def laid_over(content: Content, additions: Content) -> Content:
    """The content with the additions; both are left as they are."""
    whole = {
        name: {**content.get(name, {}), **additions.get(name, {})}
        for name in WHOLE
        if additions.get(name)
    }
    return {**content, **whole, "mappings": _mappings(content, additions)}


def for_visitors(content: Content) -> Content:
    """What an edition freezes: how files are read is nobody's business, and mappings quote them."""
    return {**content, "mappings": {}}


def _mappings(content: Content, additions: Content) -> Content:
    shipped, added = content.get("mappings", {}), additions.get("mappings", {})
    return {
        survey: {
            kind: _later_counts(
                [*shipped.get(survey, {}).get(kind, ()), *added.get(survey, {}).get(kind, ())], kind
            )
            for kind in (COLUMN, OPTION)
        }
        for survey in dict.fromkeys((*shipped, *added))
    }


def _later_counts(entries: list[Content], kind: str) -> list[Content]:
    same = SAME[kind]
    return list(
        {tuple(e.get(k, default) for k, default in same.items()): e for e in entries}.values()
    )
