"""The browser of the quick tests serves the long ones, too; and three editions to be attacked."""

import os
from pathlib import Path

import pytest

from tests.attack.three_editions import catalogue_of_a_sixth, publish_years
from tests.browser.conftest import browser, context, page  # noqa: F401


@pytest.fixture(scope="session")
def surveys_from() -> int:
    """Four years of surveys, which make blocks."""
    return 2022


@pytest.fixture(scope="session")
def three_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of databases with three yearly editions of a sixth of the questions, by the first
    seed. Where THREE_EDITIONS names a folder that was made before (of all questions, which takes
    half an hour) it is that."""
    if made := os.environ.get("THREE_EDITIONS"):
        return Path(made)
    folder = tmp_path_factory.mktemp("three") / "var"
    folder.mkdir()
    catalogue_of_a_sixth(folder / "catalogue", 2)
    publish_years(folder, seed=1)
    return folder
