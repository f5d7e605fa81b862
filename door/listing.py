"""Which pages there are, and which of them somebody may open by their address."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from types import ModuleType

from access.accounts import Account, Role
from office.databases import has_archive


def modules(room: str) -> list[ModuleType]:
    """The pages of a room, each a module with ORDER, ICON, TITLE, URL_PATH and show."""
    if importlib.util.find_spec(room) is None:
        return []
    paths = importlib.import_module(room).__path__
    found = [
        importlib.import_module(f"{room}.{entry.name}") for entry in pkgutil.iter_modules(paths)
    ]
    return sorted((module for module in found if hasattr(module, "ORDER")), key=lambda m: m.ORDER)


def of_everyone(sees_public: bool, writes: bool) -> set[str]:
    """The names of these pages in the address. Who sees the public's figures only has none of
    single schools, and who is nobody here none of what she has written."""
    missing = {"OF_SCHOOLS": sees_public, "OF_WRITERS": not writes}
    return {module.URL_PATH for module in modules("pages")
            if not any(getattr(module, kind, False) for kind, is_missing in missing.items()
                       if is_missing)}  # fmt: skip


def of_the_desk(account: Account | None, is_demonstration: bool) -> set[str]:
    """Likewise those for whom works there; in the demonstration that is whoever wants to."""
    if not has_archive() or (account is None and not is_demonstration):
        return set()
    return {module.URL_PATH for module in modules("desk")
            if account is None or works_at(module, account)}  # fmt: skip


def works_at(module: ModuleType, account: Account) -> bool:
    """The director everywhere, the maintainer where no answers are."""
    may_keep = account.may_keep and getattr(module, "FOR_KEEPERS", False)
    return account.role is Role.DIRECTOR or may_keep
