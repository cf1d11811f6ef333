"""Channels of a message: provider accounts, templates, receipts."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nothing yet."""
