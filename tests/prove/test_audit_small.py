"""Small worlds from many seeds: three editions each, with answers that come late, are corrected,
withdrawn or erased; and nobody is found in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from office.audit_files import write
from tests.attack.auditor import AUDITOR, audit
from tests.attack.brute import findings
from tests.attack.small_world import EVENTS, SCHOOLS, association, publish_three
from yearbook.editions import MEMBERS

pytestmark = pytest.mark.timeout(900)
SEEDS_OF_AN_EVENT = 2
OWN = "judgement/base"


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("number", range(SEEDS_OF_AN_EVENT))
def test_nobody_is_found_in_a_small_world(event: str, number: int, tmp_path: Path) -> None:
    seed = 100 * (EVENTS.index(event) + 1) + number
    publish_three(tmp_path / "var", seed, event)
    require_safe(tmp_path, MEMBERS, may_be_untrue=event == "an erased respondent")
    # A school sees its own judgements besides; one of the schools in each world.
    school = SCHOOLS[seed % len(SCHOOLS)]
    require_safe(tmp_path, school, (OWN,), may_be_untrue=event == "an erased respondent")


def require_safe(
    folder: Path, audience: str, tables: Sequence[str] = (), *, may_be_untrue: bool
) -> None:
    files = folder / f"files-{audience}"
    with association(folder / "var"):
        written = write(files, audience, with_truth=True)
    assert written.editions == (3 if audience == MEMBERS else 6)
    assert written.figures > 100
    assert may_be_untrue or written.untrue == 0, "an edition shows what nobody answered"
    assert findings(files, tables) == []
    if AUDITOR:
        verdict = audit(files, tables=tables)
        assert verdict.passed, "\n".join([verdict.last_words, *verdict.worst])
