"""Reads old results that exist only as tables of counts or of shares with n."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data_loaders.findings import Findings, has_failed
from data_loaders.hints import Hints
from data_loaders.results.checks import checked
from data_loaders.results.rows import ANSWERED, COUNT, SHARE, AggregatedReader
from data_loaders.results.totals import Counting
from data_loaders.sheets.tables import Table
from data_loaders.words.lexicon import Lexicon
from yearbook.submissions import TABULATED_COLUMNS


def is_tabulated(table: Table) -> bool:
    """Whether its headings are those of results: n, and options down or across."""
    of_answers = (*table.with_role("respondent"), *table.with_role("timestamp"))
    if not table.with_role(ANSWERED) or of_answers:
        return False
    is_long = table.with_role("question") and table.with_role("option")
    has_numbers = table.with_role(COUNT) or table.with_role(SHARE)
    beside = [c for c in table.columns if c.meaning and c.meaning.option is not None]
    return bool((is_long and has_numbers) or len(beside) > 1 or table.above.question)


def read_tabulated(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> pd.DataFrame:
    """TABULATED_COLUMNS; empty where something failed, as findings tell."""
    told = [one for t in tables for one in AggregatedReader(t, lexicon, hints, findings).read()]
    results = Counting(told, lexicon, findings).results()
    kept = checked(results, lexicon, findings) if not has_failed(findings.found) else {}
    if not kept and not has_failed(findings.found):
        findings.fail("no_results")
    if has_failed(findings.found):
        return pd.DataFrame(columns=TABULATED_COLUMNS)
    rows = [
        (survey, year, leaf.first, leaf.last, leaf.school, leaf.programme, question, option,
         count, n)
        for (survey, year, question), groups in kept.items()
        for leaf, (n, counts) in groups.items()
        for option, count in counts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=TABULATED_COLUMNS)
