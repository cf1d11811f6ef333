"""Step 0022 has its number; what it changes is written by the work it belongs to: unit asks."""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Nothing yet."""
