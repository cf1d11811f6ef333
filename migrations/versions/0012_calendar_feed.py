"""Secret addresses of calendar feeds, and saved views."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nothing yet."""
