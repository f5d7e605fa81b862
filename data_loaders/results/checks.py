"""Checks old results against themselves: options and n, schools and all, years and their span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from data_loaders.findings import Findings
from data_loaders.results.counts import Count, settled
from data_loaders.results.totals import Asked, Distribution, Results
from data_loaders.words.lexicon import Lexicon
from yearbook.catalogue import Catalogue
from yearbook.language import Text
from yearbook.leaves import Leaf, inside, without_crossing

LANGUAGES = ("fi", "sv", "en")
Counts = dict[str, int]
Kept = dict[Asked, dict[Leaf, tuple[int, Counts]]]


def checked(results: Results, lexicon: Lexicon, findings: Findings) -> Kept:
    """Respondents and counts that hang together, of the groups whose every option is known."""
    return {
        asked: found
        for asked, groups in results.items()
        if (found := _Checks(asked, lexicon, findings).of(groups))
    }


class _Checks:
    """The checks of one question in one round."""

    def __init__(self, asked: Asked, lexicon: Lexicon, findings: Findings) -> None:
        self.catalogue = lexicon.catalogue
        self.findings = findings
        self.question = lexicon.questions[asked[2]]
        self.is_single = self.question.type != "multiple"

    def of(self, groups: Mapping[Leaf, Distribution]) -> dict[Leaf, tuple[int, Counts]]:
        for leaf, one in groups.items():
            if one.is_unknown:
                self._say("warn", "tabulated_unknown", leaf, one)
        known = {leaf: one for leaf, one in groups.items() if not one.is_unknown and one.n}
        for leaf, one in known.items():
            self._check_options(leaf, one)
        for whole, one in known.items():
            for parts in _families(whole, tuple(known)):
                self._check_parts(whole, one, {part: known[part] for part in parts})
        kept = without_crossing({leaf: one.n for leaf, one in known.items()})
        crossing = [leaf for leaf in known if leaf not in kept]
        lost = [leaf for leaf in crossing if not _is_made_of(leaf, kept, known)]
        if lost:
            self._say("note", "tabulated_crossing", lost[0], known[lost[0]], count=len(lost))
        # What crosses is kept all the same: it is publication that chooses what can be shown.
        fitted = self._fitted({leaf: known[leaf] for leaf in kept})
        return fitted | {leaf: (known[leaf].n, _plain(known[leaf])) for leaf in crossing}

    def _check_options(self, leaf: Leaf, one: Distribution) -> None:
        """Of one answer each all options together, of several every option is at most n."""
        least = [count.least for count in one.counts.values()]
        most = [count.most for count in one.counts.values()]
        parts = sum(least) if self.is_single else max(least, default=0)
        if parts > one.n:
            self._say("fail", "parts_exceed_whole", leaf, one, sum=parts, value=one.n)
        elif self.is_single and sum(most) < one.n:
            values = {"sum": sum(most), "value": one.n, "difference": one.n - sum(most)}
            self._say("warn", "parts_below_whole", leaf, one, **values)

    def _check_parts(
        self, whole: Leaf, one: Distribution, parts: Mapping[Leaf, Distribution]
    ) -> None:
        """Persons first, then each option; what rounding explains is no difference."""
        persons = sum(part.n for part in parts.values())
        said: dict[str, object] = {"sum": persons, "value": one.n, "parts": self._listed(parts)}
        if persons > one.n:
            self._say("fail", "groups_exceed_whole", whole, one, **said)
            return
        if persons < one.n:
            said["difference"] = one.n - persons
            self._say("warn", "groups_below_whole", whole, one, **said)
        for option, count in one.counts.items():
            own = [part.counts[option] for part in parts.values() if option in part.counts]
            least, most = sum(c.least for c in own), sum(c.most for c in own)
            said |= {"value": count.value, "option": self.question.choice(option).label}
            if least > count.most:
                self._say("fail", "option_exceeds_whole", whole, one, **(said | {"sum": least}))
            elif count.least - most > one.n - persons:
                said |= {"sum": most, "difference": count.least - most}
                self._say("warn", "option_below_whole", whole, one, **said)

    def _fitted(self, known: Mapping[Leaf, Distribution]) -> dict[Leaf, tuple[int, Counts]]:
        """Counts that were rounded, moved within their rounding so that parts make their whole."""
        options = list(dict.fromkeys(o for one in known.values() for o in one.counts))
        rest: dict[Leaf, np.ndarray] = {}
        found: dict[Leaf, tuple[int, Counts]] = {}
        for whole, parts in inside(tuple(known)).items():
            one = known[whole]
            taken = sum((rest[part] for part in parts), np.zeros(len(options) + 1, dtype=int))
            left = one.n - int(taken[0])
            room = [
                _within(one.counts.get(option, Count(0, 0, 0)), int(taken[column]), left)
                for column, option in enumerate(options, start=1)
            ]
            is_whole = self.is_single and sum(c.most for c in one.counts.values()) >= one.n
            values = settled(room, left) if is_whole else [count.value for count in room]
            rest[whole] = np.array([left, *values], dtype=int)
            total = rest[whole] + taken
            counts = dict(zip(options, (int(n) for n in total[1:]), strict=True))
            found[whole] = (one.n, {o: n for o, n in counts.items() if o in one.counts or n})
        return found

    def _say(self, how: str, code: str, leaf: Leaf, one: Distribution, **values: object) -> None:
        say = getattr(self.findings, how)
        about = _about(leaf, self.catalogue)
        where = one.where
        say(code, where.sheet, where.cell, what=self.question.label, about=about, **values)

    def _listed(self, parts: Iterable[Leaf]) -> Text:
        """The kind of the parts, by the first of them and how many they are."""
        leaves = sorted(parts)
        first, count = _about(leaves[0], self.catalogue), len(leaves)
        if count == 1:
            return first
        return self.catalogue.word("round.parts").fill(first=first, count=count)


def _families(whole: Leaf, places: Sequence[Leaf]) -> list[list[Leaf]]:
    """The groups of each kind that lie in a whole, without those that lie in one another."""
    kinds: dict[tuple[bool, bool], list[Leaf]] = {}
    for place in places:
        if place != whole and place.lies_in(whole):
            kinds.setdefault((bool(place.school), bool(place.programme)), []).append(place)
    return [
        [one for one in kind if not any(one != other and one.lies_in(other) for other in kind)]
        for kind in kinds.values()
    ]


def _is_made_of(whole: Leaf, kept: Sequence[Leaf], known: Mapping[Leaf, Distribution]) -> bool:
    """Whether the groups that are kept tell of everyone in it, so that it follows from them."""
    parts = [leaf for leaf in kept if leaf.lies_in(whole)]
    outer = [
        one for one in parts if not any(one != other and one.lies_in(other) for other in parts)
    ]
    return sum(known[one].n for one in outer) == known[whole].n


def _within(count: Count, taken: int, left: int) -> Count:
    """What a whole's count leaves beyond its parts, at least nobody and at most all of the rest."""
    least, most = max(0, count.least - taken), min(left, count.most - taken)
    least = min(least, left)
    most = max(least, most)
    return Count(min(max(count.value - taken, least), most), least, most)


def _plain(one: Distribution) -> Counts:
    return {option: count.value for option, count in one.counts.items()}


def _about(leaf: Leaf, catalogue: Catalogue) -> Text:
    """ "Kuopio, Musiikki, 2005–2010"; of all schools "Kaikki oppilaitokset, 2005–2010"."""
    everyone = catalogue.word("round.everyone")
    parts = [catalogue.schools[leaf.school].short if leaf.school else everyone]
    if leaf.programme:
        parts.append(catalogue.programmes[leaf.programme].short)
    single = f"{leaf.first}–{(leaf.first + 1) % 100:02}"
    span = single if leaf.is_single else f"{leaf.first}–{leaf.last}"
    return Text(*(", ".join([*(p[language] for p in parts), span]) for language in LANGUAGES))
