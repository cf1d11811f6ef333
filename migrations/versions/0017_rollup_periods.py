"""Published figures by plan, agency kind and period."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing yet."""
