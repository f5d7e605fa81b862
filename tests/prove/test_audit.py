"""An audit program of others attacks all that three successive editions show to the members.

Three seeds with a sixth of the questions each, so that it takes minutes and not an hour; of all the
questions where THREE_EDITIONS names a folder of editions that were made before. What is published
by a few is protected exactly as it is among the rest: question by question.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from office.audit_files import Written, write
from tests.attack.auditor import AUDITOR, WITHOUT, audit
from tests.attack.three_editions import catalogue_of_a_sixth, office_in, publish_years
from yearbook.catalogue import load
from yearbook.editions import MEMBERS, PUBLIC

pytestmark = [
    pytest.mark.skipif(not AUDITOR, reason=WITHOUT),
    pytest.mark.timeout(3600),
]
SCHOOLS = ("", "", "kuopio", "tampere")  # whose own judgements are attacked, by seed
OF_A_SIXTH = [(2, 0), (3, 1)]  # seed, and which sixth of the questions


def test_nobody_is_found_in_three_editions(three_editions: Path, tmp_path: Path) -> None:
    with office_in(three_editions):
        written = write(tmp_path, with_truth=True)
    assert written.tables >= 20
    require_safe(written, tmp_path)


@pytest.mark.parametrize(("seed", "sixth"), OF_A_SIXTH)
def test_nobody_is_found_in_other_answers(seed: int, sixth: int, tmp_path: Path) -> None:
    """By the members, and by one of the schools with what is its own.

    The public's edition is made of the members' alone, so that it tells nothing more; the program
    takes what intervals leave of a near-unanimous group for a finding, and test_public_attack
    attacks it in its own way.
    """
    chosen = catalogue_of_a_sixth(tmp_path / "catalogue", sixth)
    publish_years(tmp_path / "var", seed, chosen)
    with office_in(tmp_path / "var", chosen):
        members = write(tmp_path / MEMBERS, with_truth=True)
        own = write(tmp_path / "own", SCHOOLS[seed], with_truth=True)
        public = write(tmp_path / PUBLIC, PUBLIC, with_truth=True)
        judged = [q.code for q in load().survey_questions if q.sensitive]
    assert members.tables >= 20
    require_safe(members, tmp_path / MEMBERS)
    tables = [table for table in tables_of(tmp_path / "own") if table.split("/")[0] in judged]
    assert own.figures > members.figures and own.editions == 6 and tables
    verdict = audit(tmp_path / "own", tables=tables)
    assert verdict.passed, "\n".join([verdict.last_words, *verdict.worst])
    assert 0 < public.figures < members.figures


def tables_of(files: Path) -> list[str]:
    found: dict[str, int] = json.loads((files / "spec.json").read_text("utf-8"))["thresholds"]
    return list(found)


def require_safe(written: Written, files: Path) -> None:
    begun = time.monotonic()
    assert written.editions == 3
    surveys, annual = audit(files), audit(files / "annual")
    print(f"{written.figures} figures in {written.tables} tables audited in "
          f"{time.monotonic() - begun:.0f} s: {dict(surveys.found)}")  # fmt: skip
    assert surveys.passed, "\n".join([surveys.last_words, *surveys.worst])
    assert annual.passed, "\n".join([annual.last_words, *annual.worst])
