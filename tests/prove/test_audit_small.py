"""Small worlds from many seeds: three editions each, with answers that come late, are corrected,
withdrawn or erased; and nobody is found in any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.audit_files import write
from tests.attack.auditor import AUDITOR, audit
from tests.attack.brute import findings
from tests.attack.small_world import EVENTS, association, publish_three

pytestmark = pytest.mark.timeout(900)
SEEDS_OF_AN_EVENT = 2


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("number", range(SEEDS_OF_AN_EVENT))
def test_nobody_is_found_in_a_small_world(event: str, number: int, tmp_path: Path) -> None:
    seed = 100 * (EVENTS.index(event) + 1) + number
    files = tmp_path / "files"
    publish_three(tmp_path / "var", seed, event)
    with association(tmp_path / "var"):
        written = write(files, with_truth=True)
    assert written.editions == 3 and written.figures > 100
    if event != "an erased respondent":
        assert written.untrue == 0, "an edition shows what nobody answered"
    assert findings(files) == []
    if AUDITOR:
        verdict = audit(files)
        assert verdict.passed, "\n".join([verdict.last_words, *verdict.worst])
