"""Step 0017 has its number; what it changes is written by the work it belongs to: text receipts."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing yet."""
