"""What visitors see: one module for each page, with ORDER, ICON, TITLE, URL_PATH and show()."""
