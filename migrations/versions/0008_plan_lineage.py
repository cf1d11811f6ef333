"""Plans of the units above, and what a ward's plan took from them."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing yet."""
