"""Step 0023 has its number; what it changes is written by the work it belongs to: unit exports."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing yet."""
