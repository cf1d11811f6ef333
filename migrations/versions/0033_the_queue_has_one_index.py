"""Only the index that claims are made by can be taken for them.

Of a queue that filled since statistics were taken the planner believes that it holds next to nothing, and any index
over the same rows looks as good. It took the one by expiry, and read the whole queue once for each lane: 30 s beside a
flood of 100,000. A condition that only the sweep of what expired repeats keeps that index for the sweep.
"""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Build the index anew, over what expires some day."""
    op.execute("drop index app.delivery_expiry_idx")
    op.execute(
        "create index delivery_expiry_idx on app.delivery (expires_at)"
        " where state in ('queued', 'retry_wait') and expires_at < 'infinity'"
    )
