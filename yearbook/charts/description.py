"""What a chart is before it is drawn anywhere: a plain description."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yearbook.editions import State
from yearbook.language import Language


class Role(StrEnum):
    """How strongly a series or a place stands out."""

    OWN = "own"  # the visitor's own school, or the school that the chart is about
    ALL = "all"  # everyone together
    OTHER = "other"  # the rest, for comparison
    CLASS = "class"  # one of several equals: an option, a programme, a region
    FOLD = "fold"  # several options counted together


@dataclass(frozen=True, slots=True)
class Mark:
    """One published cell as it is drawn.

    place: key of the place it stands at. value, low, high: in what is written beside the axis
    (shares as per cents), None where there is no number. shown: the value rounded as it is written.
    written: "63 %", or "–" where `state` says why there is none. says: the words of the hover.
    n: answers to the question. invited: how many were asked, None where no one knows. count:
    persons behind a share. hollow: not all schools are in, so that the figure may change.
    why: the reason of what has no number, in a sentence. fold: the name of the options that are
    counted together, of their mark and of the marks of each of them.
    """

    place: str
    state: State
    value: float | None
    shown: float | None
    written: str
    says: str
    low: float | None = None
    high: float | None = None
    interval: str = ""
    n: int | None = None
    count: int | None = None
    hollow: bool = False
    invited: int | None = None
    why: str = ""
    fold: str = ""

    @property
    def is_shown(self) -> bool:
        return self.value is not None

    @property
    def is_range(self) -> bool:
        """Known only to lie between two numbers, as "1–4"."""
        return self.value is None and self.low is not None and self.high is not None

    @property
    def middle(self) -> float | None:
        """The value, or the middle of its range: where it stands among others."""
        if self.low is None or self.high is None or self.value is not None:
            return self.value
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Series:
    """Marks that belong together: a line, a colour. `rank`: its place among the colours.

    short: the name where there is little room, "" where it is the same.
    """

    key: str
    name: str
    role: Role
    rank: int
    marks: tuple[Mark, ...]
    short: str = ""

    def at(self, place: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.place == place), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where marks stand: a year, a school, an option. `label` is short, `name` is whole."""

    key: str
    label: str
    name: str
    role: Role = Role.CLASS
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of the values. `highest` None: as high as the values need."""

    unit: str
    is_share: bool
    decimals: int
    lowest: float = 0.0
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A level that others are compared with, as a dashed dark line: "kaikki 63 %".

    shown, written: the value as it is written, as of a mark.
    """

    value: float
    label: str
    shown: float | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class BreakLine:
    """A break in the series just before a place, with its reason (at most 50 characters)."""

    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the scores of a row of answers on a scale, from its published distribution."""

    place: str
    value: float
    written: str


@dataclass(frozen=True, slots=True)
class BandPoint:
    """Half of the schools lie from `low` to `high`; `mean` of the schools' published figures."""

    place: str
    low: float | None
    high: float | None
    mean: float
    mean_written: str
    schools: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the table twin: as written, and as a number where it is one.

    why: the reason where there is no number, for those who ask the field.
    """

    written: str
    number: float | None = None
    state: State = State.SHOWN
    why: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table twin. kind: text, number or share (its numbers are per cents)."""

    name: str
    kind: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Twin:
    """The same numbers as a table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart in one language: what it says, what is drawn, and what stands under it."""

    form: str
    indicator: str
    language: Language
    headline: str
    axis: Axis
    places: tuple[Place, ...]
    series: tuple[Series, ...]
    height: int
    place_dimension: str = ""
    series_dimension: str = ""
    references: tuple[Reference, ...] = ()
    breaks: tuple[BreakLine, ...] = ()
    band: tuple[BandPoint, ...] = ()
    scale: tuple[float | None, ...] = ()  # the score of each series, of answers on a scale
    means: tuple[Mean, ...] = ()  # of answers on a scale, where they rest on enough of them
    others_label: str = ""  # what the grey lines are called together
    mean_label: str = ""  # what the mean of the band, or of the answers, is called
    has_whiskers: bool = False
    remarks: tuple[str, ...] = ()  # what this kind of chart must add under "Huom."
    label: str = ""  # the indicator's name
    definition: str = ""
    subtitle: str = ""
    population: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    response: str = ""  # how many of those asked answered, of survey figures
    footer: tuple[str, ...] = ()
    alt: str = ""
    twin: Twin = Twin((), ())
    states: tuple[tuple[State, str], ...] = ()  # the absences that occur, each with its reason
    state_words: tuple[tuple[State, str], ...] = ()  # the same in a word or two
    fold_label: str = ""  # what the key calls options that are counted together
    withheld: str = ""  # how many of its groups are withheld, as a sentence, or ""
    edition: str = ""
    published: str = ""
    invented: str = ""  # the sentence that says so, or ""
    own_school: str = ""  # likewise that only the visitor's own school sees this
    file_name: str = ""
    # What it shows, by codes: the dimension of time of its table with its values, oldest first, and
    # the option that is followed.
    time: str = ""
    moments: tuple[str, ...] = ()
    option: str = ""
    link: str = ""  # the address at which these very numbers are seen again; in the footer, too

    @property
    def is_empty(self) -> bool:
        """Nothing with a number is in it, nor with a range."""
        marks = (mark for series in self.series for mark in series.marks)
        return not any(mark.is_shown or mark.is_range for mark in marks)

    def place(self, key: str) -> Place:
        return next(place for place in self.places if place.key == key)
