"""Counts, sums, ratios, shares, means and medians: answers and figures in, exact Measured out.
Hides nothing."""

from yearbook.measures.annual import (
    Figure,
    Figures,
    comparable_change,
    effective_figures,
    measure_annual,
)
from yearbook.measures.formulas import median_and_quartiles, two_significant_digits, wilson
from yearbook.measures.measured import Measured
from yearbook.measures.survey import Tally, measure_survey, tally

__all__ = [
    "Figure",
    "Figures",
    "Measured",
    "Tally",
    "comparable_change",
    "effective_figures",
    "measure_annual",
    "measure_survey",
    "median_and_quartiles",
    "tally",
    "two_significant_digits",
    "wilson",
]
