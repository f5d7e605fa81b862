"""Recognises what tells who someone is, and strikes it before anything is kept."""

from data_loaders.personal.recognising import (
    MARK,
    is_identity_code,
    is_personal_heading,
    looks_personal,
    strike,
)

__all__ = ["MARK", "is_identity_code", "is_personal_heading", "looks_personal", "strike"]
