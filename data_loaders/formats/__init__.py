"""Opens each kind of table file, and trusts none of them before it has been measured."""
