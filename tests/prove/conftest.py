"""The browser of the quick tests serves the long ones, too; and three editions to be attacked."""

import os
from pathlib import Path

import pytest

from tests.attack.three_editions import publish_years
from tests.browser.conftest import browser, context, page  # noqa: F401


@pytest.fixture(scope="session")
def three_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of databases with three yearly editions of all questions of the first seed; one that
    was made before, where THREE_EDITIONS names it."""
    if made := os.environ.get("THREE_EDITIONS"):
        return Path(made)
    folder = tmp_path_factory.mktemp("three") / "var"
    publish_years(folder, seed=1)
    return folder
