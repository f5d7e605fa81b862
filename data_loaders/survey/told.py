"""What is told beside a survey's file: whose it is, what was decided of it, its codebook."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_loaders.survey.codebook import Codebook
from data_loaders.words.decisions import UNDECIDED, Decisions


@dataclass(frozen=True)
class Told:
    """survey, year: "" and None where nobody knows. is_survey: the director says that it is one."""

    survey: str = ""
    year: int | None = None
    is_survey: bool = False
    decisions: Decisions = UNDECIDED
    codebook: Codebook = field(default_factory=Codebook)


NOTHING_TOLD = Told()
