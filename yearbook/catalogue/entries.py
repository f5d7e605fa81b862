"""What the catalogue holds: schools, programmes, questions, indicators, policy …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from yearbook.language import Text

Content = dict[str, Any]


class CatalogueError(Exception):
    """A catalogue that cannot be used; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Cases:
    """A name as sentences need it: whose it is, where, and out of where ("Kuopion konservatorion",
    "Kuopion konservatoriossa", "Kuopion konservatoriosta")."""

    of: Text
    at: Text
    out: Text


@dataclass(frozen=True, slots=True)
class School:
    """A member school. `names` are (first year, name), oldest first; the last is today's, and
    `cases` are of it, `short_cases` of the short name; None where the catalogue has none."""

    code: str
    names: tuple[tuple[int, Text], ...]
    short: Text
    town: Text
    region: str
    maintainer: str
    maintainer_kind: str
    language: str
    latitude: float | None
    longitude: float | None
    offers: tuple[str, ...]
    also: tuple[str, ...]
    member_from: int | None
    member_until: int | None
    cases: Cases | None = None
    short_cases: Cases | None = None

    @property
    def name(self) -> Text:
        return self.names[-1][1]

    def name_in(self, year: int) -> Text:
        """The name the school had in that year (its first name for years before any)."""
        held = [name for first, name in self.names if first <= year]
        return held[-1] if held else self.names[0][1]

    def is_member(self, year: int) -> bool:
        return (self.member_from or 0) <= year <= (self.member_until or 9999)


@dataclass(frozen=True, slots=True)
class Programme:
    """A qualification, a competence area of one, or an education, valid from `first` to `last`.

    national: its national codes as (code, first year, last year), a year None where it is open;
    requirements: the years from which new requirements are in force.
    """

    code: str
    kind: str  # qualification | competence_area | education
    name: Text
    short: Text
    part_of: str | None
    first: int | None
    last: int | None
    also: tuple[str, ...]
    national: tuple[tuple[str, int | None, int | None], ...] = ()
    requirements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question. `also`: other wordings; `rolls_up`: its class in charts."""

    code: str
    label: Text
    also: tuple[str, ...]
    rolls_up: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Version:
    """From this survey year on the question stands so to its earlier self: same, recoded or
    broken."""

    first: int
    relation: str
    note: Text


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked: an annual figure (`source` annual) or a survey question."""

    code: str
    source: str
    theme: str
    label: Text
    help: Text
    type: (
        str  # annual: count, decimal, money, share; survey: single, multiple, likert, number, text
    )
    unit: str
    per: str  # annual: qualification, education, school
    required: bool
    sensitive: bool
    headings: tuple[str, ...]
    at_most: str | None
    surveys: tuple[str, ...]
    choices: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    versions: tuple[Version, ...]
    since: int | None
    until: int | None

    def choice(self, code: str) -> Choice:
        return next(choice for choice in (*self.choices, *self.classes) if choice.code == code)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that is published. `by`: the cross-tables that exist, each a tuple of dimensions.

    measure: sum, ratio (annual; `numerator` ÷ `denominator`, each a sum over questions, times
    `scale`), distribution, multiple, mean, median (survey; of `question`).
    """

    code: str
    source: str
    theme: str
    label: Text
    definition: Text
    measure: str
    unit: str
    decimals: int
    question: str | None
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    scale: float
    by: tuple[tuple[str, ...], ...]
    audience: str
    chart: str
    breaks: tuple[str, ...]
    order: int
    per: str
    detailed: bool = False  # by the question's choices, even where it has classes
    extras: bool = False  # also in the extra levels of the policy, where they are safe

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.question, *self.numerator, *self.denominator)))


@dataclass(frozen=True, slots=True)
class Survey:
    """A kind of survey. Its round of year Y concerns the cohort that began in Y - `cohort_lag`.

    since: the year of its first round; None where that is not known.
    """

    code: str
    name: Text
    when: Text
    cohort_lag: int | None
    order: int
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name: a region, a kind of maintainer, a theme, a unit."""

    code: str
    name: Text
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """A year from which figures may not be comparable with earlier ones, and why (≤ 50 letters)."""

    code: str
    year: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of disclosure control; each has its reason in disclosure.toml.

    lattice: the cuts in which survey results exist; extras: cuts that a question has only where
    they are safe; public_lattice: the cuts of an edition for the public.
    """

    threshold: int
    sensitive_threshold: int
    sensitive_leave: int
    annual_threshold: int
    block_length: int
    small_group: int
    whole_percent_below: int
    mean_threshold: int
    quartile_threshold: int
    lattice: tuple[tuple[str, ...], ...]
    reasons: Mapping[str, Text]
    # What editions of before do not state. A share is out of 100.
    quote_threshold: int = 10
    quote_length: int = 300
    block_start: int = 2011
    extra_threshold: int = 20
    extras: tuple[tuple[str, ...], ...] = ()
    common_percent: int = 80
    fold_least_options: int = 2
    mean_percent: int = 10
    upload_retention_days: int = 400
    public_interval_below: int = 5
    public_round_to: int = 3
    public_contributors: int = 3
    public_dominance_largest: int = 2
    public_dominance_percent: int = 85
    public_p_percent: int = 10
    public_lattice: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Reading:
    """How workbooks are read: missing-value codes (text -> state or "zero"), headings by role.

    test_responses: what a column of status or channel says of a response that was only a trial;
    given_names: by which the names of persons are recognised in free text.
    """

    missing: Mapping[str, str]
    roles: Mapping[str, tuple[str, ...]]
    personal: tuple[str, ...]
    ignored_sheets: tuple[str, ...]
    ignored_headings: tuple[str, ...]
    test_responses: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnDecision:
    """What the director said that a column of a survey is, from that year of the survey on.

    heading: as it reads in the file (all rows of headings, joined by a line feed); occurrence: 1
    for the first column with that heading, 2 for the second. One of: question (with `option` for a
    column of one option, or is_other for the words beside "other"), or role ("school", "ignored",
    "personal" …).
    """

    heading: str
    occurrence: int
    first: int
    question: str
    option: str
    is_other: bool
    role: str


@dataclass(frozen=True, slots=True)
class OptionDecision:
    """Which choice an answer's text stands for, from that year on; "" for no answer."""

    question: str
    text: str
    first: int
    choice: str


@dataclass(frozen=True, slots=True)
class SurveyMapping:
    """All that was decided about the files of one survey."""

    columns: tuple[ColumnDecision, ...] = ()
    options: tuple[OptionDecision, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All of it; `content` is the plain form that an edition freezes."""

    content: Content
    association: Text
    product: Text
    schools: Mapping[str, School]
    maintainer_kinds: Mapping[str, Named]
    regions: Mapping[str, Named]
    programmes: Mapping[str, Programme]
    surveys: Mapping[str, Survey]
    breaks: Mapping[str, Break]
    reading: Reading
    policy: Policy
    questions: Mapping[str, Question]
    indicators: Mapping[str, Indicator]
    words: Mapping[str, Text]
    mappings: Mapping[str, SurveyMapping] = field(default_factory=dict)  # by survey

    @cached_property
    def annual_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if q.source == "annual")

    @cached_property
    def survey_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if q.source == "survey")

    def word(self, key: str) -> Text:
        """The words kept under `words/*.toml`; a missing key is our own mistake (KeyError)."""
        return self.words[key]
