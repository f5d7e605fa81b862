"""Withholds small cells, and what would give them away, so that no graduate is recognised."""

from yearbook.disclosure.annual import AnnualProtection, protect_annual
from yearbook.disclosure.audit import Fact, Finding, Places, Tolerance, targets
from yearbook.disclosure.cases import Case, Outcome
from yearbook.disclosure.cells import Shown, annual_cells, survey_cells
from yearbook.disclosure.lattice import (
    Block,
    Grid,
    closed_blocks,
    is_extra,
    lattice_cut,
    lattice_groups,
    membership_of,
)
from yearbook.disclosure.means import EarlierMean, Means, unsafe_means
from yearbook.disclosure.protection import (
    Decision,
    Protection,
    Settled,
    protect,
    survey_protection,
)
from yearbook.disclosure.questions import (
    Decided,
    Questioned,
    choices_of_vague,
    decide_question,
)
from yearbook.disclosure.quotes import publishable_quotes

__all__ = [
    "AnnualProtection",
    "Block",
    "Case",
    "Decided",
    "Decision",
    "EarlierMean",
    "Fact",
    "Finding",
    "Grid",
    "Means",
    "Outcome",
    "Places",
    "Protection",
    "Questioned",
    "Settled",
    "Shown",
    "Tolerance",
    "annual_cells",
    "choices_of_vague",
    "closed_blocks",
    "decide_question",
    "is_extra",
    "lattice_cut",
    "lattice_groups",
    "membership_of",
    "protect",
    "protect_annual",
    "publishable_quotes",
    "survey_cells",
    "survey_protection",
    "targets",
    "unsafe_means",
]
