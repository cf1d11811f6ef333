"""Parts of one duty that a plan's review shared among agencies know each other, so that confirming makes one duty."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """A key that the parts of one duty have in common; empty for all others."""
    op.execute("alter table app.proposed_card add column shared_as uuid")
