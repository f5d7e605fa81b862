"""Drafts a first sentence from the data of a chart; never says more than the interval allows."""

from __future__ import annotations

from yearbook.charts import Chart
from yearbook.editions import Edition


def draft(chart: Chart, edition: Edition) -> str:
    """One or two sentences in the language of the chart."""
    return f"{chart.headline}."
