"""The row of filters under a title: only what exists is offered, and what was narrowed is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

from ui import address, naming, prose, selection
from ui.visit import Visitor
from yearbook.editions import ALL_BLOCKS, Edition, Table
from yearbook.language import write_span

_NARROWED = "narrowed"  # sentences of this run
_IN_FORCE = "in_force"  # what this run's filters say, for the button they fold under


@contextmanager
def row(visitor: Visitor, *names: str) -> Iterator[None]:
    """The filters drawn inside stand in one row; on a narrow screen they fold under one button.

    names: the choices that "clear" takes away; those of other pages stay.
    """
    st.session_state[_NARROWED], st.session_state[_IN_FORCE] = [], []
    with st.container(key="filters"):
        fold = st.container()
        with st.container(key="fields", horizontal=True, vertical_alignment="bottom"):
            yield
            if address.differing(names):
                st.button(
                    visitor.word("filters.clear"),
                    key="clear",
                    type="tertiary",
                    on_click=address.forget,
                    args=names,
                )
        told = " · ".join([visitor.word("filters.fold"), *st.session_state[_IN_FORCE]])
        fold.checkbox(prose.plain(told), key="fold", on_change="ignore")
    for sentence in st.session_state[_NARROWED]:
        prose.say(sentence, "narrowed")


@contextmanager
def more(visitor: Visitor, *names: str) -> Iterator[None]:
    """The filters beyond the four in sight; the button says how many of them narrow the view."""
    narrowing = sum(bool(address.wanted(name)) for name in names)
    word = visitor.word("filters.more")
    with st.popover(f"{word} ({narrowing})" if narrowing else word, key="more"):
        yield


def one(
    visitor: Visitor,
    name: str,
    names: Mapping[str, str],
    options: Sequence[str] | None = None,
    default: str = "",
) -> str:
    """One of the options, by code. names: code -> label, also of what does not exist here.

    `name` is the filter's word and its place in the address. With one option nothing is drawn.
    """
    existing = list(names if options is None else options)
    value = address.chosen(name, existing, default if default in existing else existing[0])
    title = visitor.word(f"filters.{name}")
    asked = address.missed(name)
    if asked is not None and asked in names:
        words = {"asked": names[asked], "filter": title.lower(), "shown": names[value]}
        st.session_state[_NARROWED].append(visitor.word("filters.narrowed", **words))
    if len(existing) > 1:
        if value:
            st.session_state[_IN_FORCE].append(names[value])
        st.session_state[f"_{name}"] = value
        st.selectbox(
            title,
            existing,
            format_func=lambda code: names.get(code, code),
            key=f"_{name}",
            on_change=_take_one,
            args=(name,),
        )
    return value


def programme(visitor: Visitor, edition: Edition, table: Table, name: str = "programme") -> str:
    """A programme that the table can be narrowed to, or "" for all together.

    Annual figures are divided by qualification, surveys by competence area: `name` says which.
    """
    names = naming.programmes(edition, visitor)
    return one(visitor, name, names, naming.only(names, selection.programmes_of(table)))


def block(visitor: Visitor, table: Table) -> str:
    """A closed span of school years that all schools together have; the newest as it comes."""
    whole = {cell.group.block for cell in table.cells if not cell.group.school}
    names = naming.blocks(visitor, whole - {ALL_BLOCKS, ""})
    existing = naming.only(names, whole)
    return one(visitor, "block", names, existing) if existing else ""


def several(
    visitor: Visitor, name: str, options: Mapping[str, str], at_most: int
) -> tuple[str, ...]:
    """Any number of the options up to `at_most`; each stands as a chip that can be taken away."""
    values = address.several(name, tuple(options))[:at_most]
    st.session_state[f"_{name}"] = list(values)
    st.multiselect(
        visitor.word(f"filters.{name}"),
        list(options),
        format_func=lambda code: options.get(code, code),
        key=f"_{name}",
        max_selections=at_most,
        placeholder=visitor.word("filters.nobody"),
        on_change=_take_several,
        args=(name,),
    )
    return values


def years(visitor: Visitor, found: Sequence[str], name: str = "years") -> tuple[str, ...]:
    """A span of the years found, oldest first; all of them as it comes."""
    if len(found) < 2:
        return tuple(found)
    whole = f"{found[0]}-{found[-1]}"
    asked = (address.wanted(name) or whole).split("-")
    inside = [year for year in found if asked[0] <= year <= asked[-1]] or list(found)
    span = f"{inside[0]}-{inside[-1]}"
    address.chosen(name, [span], span if span == whole else "")
    st.session_state[_IN_FORCE].append(write_span(int(inside[0]), int(inside[-1])))
    st.session_state[f"_{name}"] = (inside[0], inside[-1])
    st.select_slider(
        visitor.word(f"filters.{name}"),
        list(found),
        value=(found[0], found[-1]),  # two ends; where they stand is said by the session
        key=f"_{name}",
        on_change=_take_span,
        args=(name,),
    )
    return tuple(inside)


def _take_one(name: str) -> None:
    address.remember(name, st.session_state[f"_{name}"])


def _take_several(name: str) -> None:
    address.remember(name, ",".join(st.session_state[f"_{name}"]))


def _take_span(name: str) -> None:
    first, last = st.session_state[f"_{name}"]
    address.remember(name, f"{first}-{last}")
