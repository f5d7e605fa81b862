"""The browser of the quick tests serves the long ones, too."""

from tests.browser.conftest import browser, context, page  # noqa: F401
