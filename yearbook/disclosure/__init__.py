"""Withholds small cells, and what would give them away, so that no graduate is recognised."""

from yearbook.disclosure.annual import AnnualProtection, protect_annual
from yearbook.disclosure.cells import annual_cells, survey_cells
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
from yearbook.disclosure.protection import Decision, Protection, protect, survey_protection
from yearbook.disclosure.quotes import publishable_quotes

__all__ = [
    "AnnualProtection",
    "Block",
    "Decision",
    "EarlierMean",
    "Grid",
    "Means",
    "Protection",
    "annual_cells",
    "closed_blocks",
    "is_extra",
    "lattice_cut",
    "lattice_groups",
    "membership_of",
    "protect",
    "protect_annual",
    "publishable_quotes",
    "survey_cells",
    "survey_protection",
    "unsafe_means",
]
