"""Fresh databases for tests: SQLite files, or PostgreSQL where `new_address` is overridden."""

from collections.abc import Callable
from pathlib import Path

import pytest

NewAddress = Callable[[], str]


@pytest.fixture
def new_address(tmp_path: Path) -> NewAddress:
    """Gives the address of another empty database at each call."""
    given: list[str] = []

    def give() -> str:
        given.append(f"sqlite:///{tmp_path.as_posix()}/{len(given)}.sqlite")
        return given[-1]

    return give
