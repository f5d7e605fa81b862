"""Names the spans of graduates that an audit speaks of: leaves, and what is pooled of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yearbook.leaves import Leaf

WHOLE = ":whole"  # an old table tells of these school years only together
PART = "@"  # of a cohort, answers that some edition did not see


class Times:
    """Every leaf of the dimension of time, and a code for each set of leaves that is shown."""

    def __init__(self, leaves: Iterable[str]) -> None:
        self.leaves = tuple(sorted(set(leaves)))
        self._codes: dict[frozenset[str], str] = {frozenset({leaf}): leaf for leaf in self.leaves}
        self._taken = set(self.leaves)

    def code(self, name: str, leaves: Iterable[str]) -> str:
        """The code of these leaves together: `name`, or what they were called before; another set
        that was given the same name gets a number behind it."""
        wanted = frozenset(leaves)
        if wanted not in self._codes:
            number, free = 1, name
            while free in self._taken:
                number += 1
                free = f"{name}~{number}"
            self._codes[wanted] = free
            self._taken.add(free)
        return self._codes[wanted]

    @property
    def aggregates(self) -> Mapping[str, list[str]]:
        """Code -> the leaves in it, of all that is pooled."""
        return {
            code: sorted(leaves)
            for leaves, code in sorted(self._codes.items(), key=lambda pair: pair[1])
            if code not in leaves
        }


def leaf_code(leaf: Leaf) -> str:
    """ "2019", or "2005-2010:whole" where nobody can divide the span."""
    return str(leaf.first) if leaf.is_single else f"{leaf.first}-{leaf.last}{WHOLE}"


def span_of(code: str) -> tuple[int, int]:
    """First and last cohort of a leaf."""
    first, _, last = code.partition(PART)[0].removesuffix(WHOLE).partition("-")
    return int(first), int(last or first)
