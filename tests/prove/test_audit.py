"""An audit program of others attacks all that three successive editions show to the members.

One seed with all questions; two more with a third of the questions each, so that all of it takes
minutes and not an hour. What is published by a third is protected exactly as it is among the rest:
question by question.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from office.audit_files import write
from tests.attack.auditor import AUDITOR, WITHOUT, audit
from tests.attack.three_editions import catalogue_of_a_third, office_in, publish_years

pytestmark = [
    pytest.mark.skipif(not AUDITOR, reason=WITHOUT),
    pytest.mark.timeout(3600),
]
SEEDS = [(1, None), (2, 0), (3, 1)]  # seed, and which third of the questions


@pytest.mark.parametrize(("seed", "third"), SEEDS)
def test_nobody_is_found_in_three_editions(seed: int, third: int | None, tmp_path: Path) -> None:
    begun = time.monotonic()
    chosen = None if third is None else catalogue_of_a_third(tmp_path / "catalogue", third)
    names = publish_years(tmp_path / "var", seed, chosen)
    assert len(names) == 3
    published = time.monotonic()
    files = tmp_path / "audit"
    with office_in(tmp_path / "var", chosen):
        written = write(files, with_truth=True)
    assert written.editions == 3
    assert written.tables >= (120 if third is None else 40)
    surveys, annual = audit(files), audit(files / "annual")
    print(f"seed {seed}: published in {published - begun:.0f} s, {written.figures} figures in "
          f"{written.tables} tables audited in {time.monotonic() - published:.0f} s: "
          f"{dict(surveys.found)}")  # fmt: skip
    assert surveys.passed, "\n".join([surveys.last_words, *surveys.worst])
    assert annual.passed, "\n".join([annual.last_words, *annual.worst])
