"""Says in the demonstration how the first account is made, and what ends with it."""

from __future__ import annotations

from html import escape

import streamlit as st

from desk import markup
from ui.visit import Visitor

COMMAND = 'python3 manage.py account first {login} --name "{name}"'


def show(visitor: Visitor) -> None:
    lead, told = (visitor.word(f"desk.accounts.first.{name}") for name in ("lead", "told"))
    st.html(markup.paragraph(lead, "said") + markup.paragraph(told))
    fields = {name: visitor.word(f"desk.accounts.first.{name}") for name in ("login", "name")}
    command = COMMAND.format(**fields)
    st.html(f'<p class="link-address">{escape(command)}</p>')
    steps = [visitor.word(f"desk.accounts.first.step_{number}") for number in (1, 2, 3)]
    st.html(markup.points(steps))
