"""Comments that can be changed, mentions, and what the child-identity guard let through."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing yet."""
