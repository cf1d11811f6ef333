"""Step 0018 has its number; what it changes is written by the work it belongs to: sending health."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nothing yet."""
