"""The visitor's door: `streamlit run app.py` serves the dashboard."""

import streamlit as st

from door import server

server.refuse_other_addresses()

app = st.App(
    "door/entry.py",
    lifespan=server.lifespan,
    middleware=server.MIDDLEWARE,
    routes=server.ROUTES,
)
