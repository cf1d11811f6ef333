"""Trees of units and wards through time: mergers, splits, new names."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nothing yet."""
