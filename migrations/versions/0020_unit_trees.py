"""Step 0020 has its number; what it changes is written by the work it belongs to: unit trees."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing yet."""
