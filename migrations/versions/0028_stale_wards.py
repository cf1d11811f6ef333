"""Wards that were last counted on an earlier day are found by that day, not by looking at every ward of the country."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Index the day; the publisher's claim runs over all wards, as the dispatcher's over all outboxes."""
    op.execute("create index ward_rollup_state_counted_on_idx on app.ward_rollup_state (counted_on)")
