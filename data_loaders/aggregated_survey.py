"""Reads old results that exist only as tables of counts or shares."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data_loaders.findings import Findings
from data_loaders.hints import Hints
from data_loaders.lexicon import Lexicon
from data_loaders.tables import Table
from yearbook.submissions import TABULATED_COLUMNS


def is_tabulated(table: Table) -> bool:
    return False


def read_tabulated(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> pd.DataFrame:
    return pd.DataFrame(columns=TABULATED_COLUMNS)
