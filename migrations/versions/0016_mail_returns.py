"""Step 0016 has its number; what it changes is written by the work it belongs to: mail returns."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nothing yet."""
