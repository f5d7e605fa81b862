"""What a heading can say of the cells under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says of the cells under it; None or "" where it says nothing of that kind.

    role: school, programme, year …, or "ignored", "personal". question, option: codes; is_other:
    under it stands what was written beside "other, please specify" of the question. school,
    programme, year: the place of the figures under it. previous: repeats an earlier year's figures.
    """

    role: str = ""
    question: str = ""
    option: str | None = None
    school: str | None = None
    programmes: tuple[str, ...] = ()
    year: int | None = None
    previous: bool = False
    is_other: bool = False

    @property
    def is_place(self) -> bool:
        """Says where or when, but not what."""
        return not self.role and not self.question

    @property
    def says_place(self) -> bool:
        return self.school is not None or self.year is not None or bool(self.programmes)

    def over(self, other: Meaning) -> Meaning:
        """Both together; what this one says goes before."""
        return Meaning(
            self.role or other.role,
            self.question or other.question,
            other.option if self.option is None else self.option,
            other.school if self.school is None else self.school,
            self.programmes or other.programmes,
            other.year if self.year is None else self.year,
            self.previous or other.previous,
            self.is_other or other.is_other,
        )
