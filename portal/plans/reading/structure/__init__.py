"""The outline of a plan: sections, items, markers and lines joined again."""
