"""What happened lately is found without reading all that ever happened: every tick asks each ward for its news."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """The events of a ward by their moment."""
    op.execute("create index card_event_ward_id_occurred_at_idx on app.card_event (ward_id, occurred_at)")
