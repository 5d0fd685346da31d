"""Cannot be imported: it stumbles over its first line."""

raise ZeroDivisionError("the value 4711 must not be repeated")
