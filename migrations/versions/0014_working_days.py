"""The ladder, the calendar of working days, and quiet hours, as data of a ward."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing yet."""
