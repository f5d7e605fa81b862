"""The catalogue by which the desk reads and names things."""

from __future__ import annotations

import streamlit as st

from office import using
from yearbook.catalogue import Catalogue


@st.cache_resource(ttl=60, show_spinner=False)
def catalogue_in_use() -> Catalogue:
    """Read again once a minute, so that a mended file takes effect without a new start."""
    return using.catalogue_in_use()
