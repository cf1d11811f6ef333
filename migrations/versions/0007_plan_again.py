"""A plan that comes again: what became of each paragraph, and boards kept as spreadsheets."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing yet."""
