"""Step 0024 has its number; what it changes is written by the work it belongs to: board rest."""

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Nothing yet."""
