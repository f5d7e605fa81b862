"""Attacks what is about to be published, as a reader with a computer would."""

from yearbook.disclosure.audit.attack import Bounds, Help, attack
from yearbook.disclosure.audit.facts import Fact, Knowledge, Target, connected, facts_of
from yearbook.disclosure.audit.programs import ContradictionError
from yearbook.disclosure.audit.targets import Places, targets
from yearbook.disclosure.audit.verdicts import Finding, Tolerance, common_options, counted, findings

__all__ = [
    "Bounds",
    "ContradictionError",
    "Fact",
    "Finding",
    "Help",
    "Knowledge",
    "Places",
    "Target",
    "Tolerance",
    "attack",
    "common_options",
    "connected",
    "counted",
    "facts_of",
    "findings",
    "targets",
]
