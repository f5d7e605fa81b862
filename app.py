"""The visitor's door: `streamlit run app.py` serves the dashboard."""

import os

import streamlit as st

from door import mishaps, server, starting

mishaps.keep_values_out_of_logs()
starting.refuse_what_is_unsafe()
starting.tell_streamlit()

# For the desk's long work, which runs in processes of its own: its matrices are small, and more
# threads would wait for each other and starve the visitors. manage.py says the same.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = st.App(
    "door/entry.py",
    lifespan=server.lifespan,
    middleware=server.MIDDLEWARE,
    routes=server.ROUTES,
    on_script_error=mishaps.tell,
)
