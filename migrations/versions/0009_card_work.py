"""How a card is worked: one duty for many agencies, periods, links, labels, explanations."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing yet."""
