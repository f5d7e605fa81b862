"""What many tests start from: a dashboard that is served over databases of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, serve


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for databases, empty at first, that no other test session sees."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh dashboard in which nothing has been published; one for each test file."""
    with serve(tmp_path_factory.mktemp("served")) as served:
        yield served
