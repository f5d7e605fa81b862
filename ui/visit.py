"""Who is looking: language, own school, role, and the edition in front of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ui.statements.drawer import Drawer
from ui.words import word
from yearbook.editions import Edition
from yearbook.language import Language, Text

VISITOR = "visitor"  # who is not signed in
MEMBER = "member"
DIRECTOR = "director"
MAINTAINER = "maintainer"


def _note_nothing(action: str, what: str) -> None:
    """A visit that nobody keeps a record of, as in a test of a page."""


def _open_none(name: str) -> Edition | None:
    """Where there is no shelf, as in a test of a page."""
    return None


@dataclass(frozen=True, slots=True)
class Visitor:
    """own_school: a code, "" where none is chosen. edition_name: "" where none is published.

    account_name: what the frame calls her; login: "" where nobody is signed in, as in the
    demonstration. note: puts (action, what) into the record. still: the role that her session
    gives at this very moment, None when it has ended. home: the address of the world, "" where the
    server does not know it. public: opens what everyone sees of the edition in front of her, where
    this server shows it to everyone. account_number: None where nobody is signed in. drawer: what
    she has written, None for those who keep nothing here. open_edition: with her own eyes, one by
    its name ("" for the newest); None where she may not see it.
    """

    language: Language
    own_school: str
    role: str
    edition_name: str
    account_name: str = ""
    login: str = ""
    note: Callable[[str, str], None] = field(default=_note_nothing, compare=False)
    still: Callable[[], str | None] | None = field(default=None, compare=False)
    home: str = ""
    public: Callable[[], Edition | None] | None = field(default=None, compare=False)
    account_number: int | None = None
    drawer: Drawer | None = field(default=None, compare=False)
    open_edition: Callable[[str], Edition | None] = field(default=_open_none, compare=False)

    @property
    def is_director(self) -> bool:
        return self.role == DIRECTOR

    @property
    def may_keep(self) -> bool:
        """Accounts and the record; not answers, which are the director's alone."""
        return self.role in (DIRECTOR, MAINTAINER)

    def reads(self, text: Text) -> str:
        return text[self.language]

    def word(self, key: str, **values: object) -> str:
        """The screen's own word of that key, with {places} filled."""
        found = word(key)
        return self.reads(found.fill(**values) if values else found)
