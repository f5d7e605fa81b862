"""The director's pages: each a module with ORDER, ICON, TITLE, URL_PATH, show."""
