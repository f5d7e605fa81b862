"""No page of the desk answers by its address alone, not even the first time it is asked."""

import re
from pathlib import Path

import pytest

from tests.serving import ROOT, serve
from tests.test_door import refuses_at_first


def addresses_of_the_desk() -> set[str]:
    sources = [file.read_text(encoding="utf-8") for file in ROOT.glob("desk/**/*.py")]
    return {found[1] for text in sources if (found := re.search(r'^URL_PATH = "(.+)"', text, re.M))}


@pytest.mark.parametrize("first", ["desk", *sorted(addresses_of_the_desk())])
def test_a_fresh_server_runs_no_page_of_the_desk(own_empty_shelf: Path, first: str) -> None:
    with serve(own_empty_shelf) as fresh:
        refuses_at_first(fresh, first)
