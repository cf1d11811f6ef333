"""What a review of a plan still needed: merged, split and added cards, progress of a reading."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
