"""Which databases, which catalogue: what the environment says, or the files in `var/` beside us."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from office.providers import Provider, providers
from yearbook.catalogue import SHIPPED
from yearbook.editions import MEMBERS, PUBLIC

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is, and whom this process serves. `archive_url` is None in a process that
    serves visitors only."""

    archive_url: str | None
    shelf_url: str
    catalogue: Path
    sources: Mapping[str, str]  # databases that may be read from: name -> address
    var: Path  # uploads, SQLite files and locks
    accounts_url: str
    audience: str = MEMBERS  # whose editions the door of this process shows
    address: str = ""  # the one that the world uses; "" for this machine only
    secret: str = ""  # signs forms and sign-ins that are under way
    visitors: str = ""  # whose editions somebody sees who is not signed in; "" for none
    backups: Path = ROOT / "var/backups"  # where the nightly ones are kept
    oidc: tuple[Provider, ...] = ()  # services that may say who somebody is


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """ARCHIVE_URL (empty: none), SHELF_URL, ACCOUNTS_URL, CATALOGUE, SOURCES ("name=address …"),
    VAR, AUDIENCE (members, or public: then there is no archive, whatever ARCHIVE_URL says),
    ADDRESS, SECRET, VISITORS (empty, or public), BACKUPS, and OIDC_<NAME>_ISSUER, _CLIENT_ID,
    _CLIENT_SECRET, _LABEL and _VERIFIED_BY (office/providers.py)."""
    audience = _audience(environment.get("AUDIENCE", "").strip() or MEMBERS)
    var = Path(environment.get("VAR") or ROOT / "var").resolve()
    archive = environment.get("ARCHIVE_URL", _sqlite(var / "archive.sqlite"))
    return Settings(
        archive_url=None if audience == PUBLIC else archive.strip() or None,
        shelf_url=environment.get("SHELF_URL") or _sqlite(var / "shelf.sqlite"),
        catalogue=Path(environment.get("CATALOGUE") or SHIPPED).resolve(),
        sources=dict(_source(entry) for entry in environment.get("SOURCES", "").split()),
        var=var,
        accounts_url=environment.get("ACCOUNTS_URL") or _sqlite(var / "accounts.sqlite"),
        audience=audience,
        address=environment.get("ADDRESS", "").strip().rstrip("/"),
        secret=environment.get("SECRET", ""),
        visitors=_visitors(environment.get("VISITORS", "").strip()),
        backups=Path(environment.get("BACKUPS") or var / "backups").resolve(),
        oidc=providers(environment),
    )


def _audience(stated: str) -> str:
    if stated not in (MEMBERS, PUBLIC):
        raise ValueError(f"AUDIENCE: {stated!r} is neither {MEMBERS} nor {PUBLIC}")
    return stated


def _visitors(stated: str) -> str:
    if stated not in ("", PUBLIC):
        raise ValueError(f"VISITORS: {stated!r} is neither empty nor {PUBLIC}")
    return stated


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def _source(entry: str) -> tuple[str, str]:
    name, equals, address = entry.partition("=")
    if not (name and equals and address):
        raise ValueError(f"SOURCES: {name!r} must be written name=address")
    return name, address
