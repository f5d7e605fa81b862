"""Options that are counted together: their order, their names, and their one sign in the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from yearbook.charts.description import Role, Series
from yearbook.charts.words import lowered
from yearbook.editions import FOLD, State

Word = Callable[[str], str]
MOST_LETTERS = 48  # of a short name
MOST_FOLDS = 3  # that a table has room for beside the options


def is_fold(option: str) -> bool:
    return FOLD in option


def in_order(options: Iterable[str]) -> tuple[str, ...]:
    """The options as they come, and each fold after the last of those that it counts together."""
    found = tuple(dict.fromkeys(options))
    singles = [option for option in found if not is_fold(option)]
    places = {option: place for place, option in enumerate(singles)}

    def standing(option: str) -> tuple[int, int, str]:
        parts = option.split(FOLD)
        last = max(places.get(part, len(places)) for part in parts)
        return last, len(parts), option if is_fold(option) else ""

    return tuple(sorted(found, key=standing))


def named(names: Sequence[str], word: Word) -> str:
    """ "Työtön tai muu"; names that hold such a word or a comma themselves are listed."""
    conjunction = word("charts.fold.or")
    if any("," in name or f" {conjunction} " in name for name in names):
        return f"{word('charts.fold.together')}: {'; '.join(names)}"
    first, *others = names
    told = [first, *map(lowered, others)]
    return f"{', '.join(told[:-1])} {conjunction} {told[-1]}"


def named_shortly(names: Sequence[str], word: Word) -> str:
    """The same where there is room for it, else how many options they are."""
    whole = named(names, word)
    if len(whole) <= MOST_LETTERS:
        return whole
    return f"{len(names)} {word('charts.fold.many')}"


def label_of(series: Iterable[Series], word: Word) -> str:
    """What the key calls the folds of a chart: a single one by its name, several by one word."""
    folds = [one for one in series if one.role is Role.FOLD]
    if not folds:
        return ""
    return short_of(folds[0]) if len(folds) == 1 else word("charts.fold.several")


def short_of(series: Series) -> str:
    return series.short or series.name


def in_key(series: Iterable[Series], fold_label: str) -> list[tuple[str, Series]]:
    """What a key lists: what is drawn somewhere; all folds once, after the options."""
    told = list(series)
    options = [(short_of(s), s) for s in told if s.role is not Role.FOLD and not is_only_folded(s)]
    folds = [(fold_label, s) for s in told if s.role is Role.FOLD]
    return [*options, *folds[:1]]


def is_only_folded(series: Series) -> bool:
    """An option that has no part of its own in any group of the chart."""
    has_number = any(mark.middle is not None for mark in series.marks)
    return not has_number and any(mark.state is State.FOLDED for mark in series.marks)
