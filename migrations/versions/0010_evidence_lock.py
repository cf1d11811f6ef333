"""Evidence that names children: locked to named viewers, encrypted at rest."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
