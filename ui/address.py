"""What the visitor has chosen: remembered from page to page, and in the address by stable codes.

Streamlit's own binding writes a widget's *label* into the address, which another language does
not understand; a code stays the same in every language and edition.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

_CHOICES = "choices"  # name -> value, for the whole visit
_WRITTEN = "written"  # what we last put into the address
_IN_SIGHT = "in_sight"  # name -> (value, default), of this run
OF_ONE_VISITOR = ("role", "edition")  # no part of the view that a link opens for another


def read() -> None:
    """Take over what stands in the address. To be called first in every run."""
    choices = st.session_state.setdefault(_CHOICES, {})
    written = st.session_state.get(_WRITTEN, {})
    for name, value in st.query_params.items():
        if written.get(name) != value:  # a link was followed, or the page was opened by it
            choices[name] = value
    st.session_state[_IN_SIGHT] = {}


def write() -> None:
    """Put the choices in sight into the address, without those that are as they come."""
    in_sight = st.session_state.get(_IN_SIGHT, {})
    params = {name: value for name, (value, default) in in_sight.items() if value != default}
    st.session_state[_WRITTEN] = params
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)


def wanted(name: str) -> str | None:
    """What was asked for, whether it exists here or not; None where nothing was."""
    found = st.session_state.get(_CHOICES, {}).get(name)
    return None if found is None else str(found)


def chosen(name: str, options: Sequence[str], default: str) -> str:
    """The choice in force: what was asked for where it exists here, else the default."""
    asked = wanted(name)
    value = asked if asked is not None and asked in options else default
    _keep_in_sight(name, value, default)
    return value


def missed(name: str) -> str | None:
    """What was asked for and is not in force, because it does not exist here."""
    asked = wanted(name)
    in_force = st.session_state[_IN_SIGHT].get(name, (asked, ""))[0]
    return None if asked == in_force else asked


def several(name: str, options: Sequence[str]) -> tuple[str, ...]:
    """The same for a choice of any number, in the order of the options; none is the default."""
    asked = (wanted(name) or "").split(",")
    values = tuple(option for option in options if option in asked)
    _keep_in_sight(name, ",".join(values), "")
    return values


def remember(name: str, value: str) -> None:
    st.session_state.setdefault(_CHOICES, {})[name] = value


def forget(*names: str) -> None:
    for name in names:
        st.session_state.get(_CHOICES, {}).pop(name, None)


def differing(names: Sequence[str]) -> bool:
    """Whether any of these choices in sight is another than as it comes."""
    in_sight = st.session_state.get(_IN_SIGHT, {})
    return any(in_sight[name][0] != in_sight[name][1] for name in names if name in in_sight)


def in_view(is_frozen: bool) -> dict[str, str]:
    """What makes the view in front of the visitor, for a link that is given to somebody else.

    Frozen it says all of it, for what comes by itself may change with the reader and the day;
    otherwise only what was chosen, so that the newest year stays the newest.
    """
    in_sight = st.session_state.get(_IN_SIGHT, {})
    given = {name: pair for name, pair in in_sight.items() if name not in OF_ONE_VISITOR}
    always = {"lang", "school"} if not is_frozen else set(given)
    return {
        name: value
        for name, (value, default) in given.items()
        if value != default or (name in always and (value or default))
    }


def asked() -> dict[str, str]:
    """All that was ever asked for in this visit, whether it exists here or not."""
    choices = st.session_state.get(_CHOICES, {})
    return {name: str(value) for name, value in choices.items() if name != "role"}


def _keep_in_sight(name: str, value: str, default: str) -> None:
    st.session_state.setdefault(_IN_SIGHT, {})[name] = (value, default)
