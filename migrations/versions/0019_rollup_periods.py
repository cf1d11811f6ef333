"""Step 0019 has its number; what it changes is written by the work it belongs to: rollup periods."""

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nothing yet."""
