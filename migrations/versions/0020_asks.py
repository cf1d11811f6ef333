"""What a unit asks of its wards."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing yet."""
