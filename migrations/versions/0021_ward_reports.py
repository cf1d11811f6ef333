"""Step 0021 has its number; what it changes is written by the work it belongs to: ward reports."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Nothing yet."""
