"""Writes the findings as a file that can be sent to the school."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from data_loaders.findings import group
from desk.reception.handed import Handed
from ui.words import word
from yearbook.catalogue import Catalogue
from yearbook.exports.safety import safe_text
from yearbook.language import Language

COLUMNS = ("file", "severity", "sheet", "cells", "what", "remedy")
DELIMITERS = {Language.FI: ";", Language.SV: ";", Language.EN: ","}


def write(files: Iterable[Handed], language: Language, using: Catalogue) -> bytes:
    """CSV as the Excel of each language opens it: a row for each finding with all its cells."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=DELIMITERS[language], lineterminator="\r\n")
    rows.writerow(word(f"desk.report.{column}")[language] for column in COLUMNS)
    for file in files:
        for found in group(file.findings):
            fields = (
                file.name,
                using.word(f"finding.severity.{found.severity.value}")[language],
                found.findings[0].sheet,
                ", ".join(found.cells),
                found.message(using)[language],
                found.remedy(using)[language],
            )
            rows.writerow(safe_text(field) for field in fields)
    return out.getvalue().encode("utf-8-sig")
