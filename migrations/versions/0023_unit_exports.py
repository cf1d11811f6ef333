"""Files that a unit asked for: each is made by a worker with a lease, kept for a while, and gone after that."""

from alembic import op

revision = "0023"
down_revision = "0022"

_TABLE = """
create table app.unit_export (
  id uuid primary key,
  unit_id int not null references app.oversight_unit (id),
  form text not null constraint unit_export_form_check check (form in ('docx', 'xlsx', 'pdf')),
  period_code text not null,
  counted_on date not null,
  state text not null constraint unit_export_state_check check (state in ('queued', 'running', 'done', 'failed')),
  asked_by text not null,
  asked_at timestamptz not null,
  attempts int not null,
  lease_until timestamptz,
  ended_at timestamptz,
  expires_at timestamptz,
  document bytea,
  constraint unit_export_made_check check ((state = 'done') = (document is not null))
)
"""


def upgrade() -> None:
    """Build the table: the login that signs people in and acts for units works on it, the web's own does not."""
    op.execute(_TABLE)
    op.execute("create index unit_export_unit_id_asked_at_idx on app.unit_export (unit_id, asked_at)")
    op.execute(
        "create index unit_export_asked_at_idx on app.unit_export (asked_at) where state in ('queued', 'running')"
    )
    op.execute("grant select, insert, update, delete on app.unit_export to portal_auth")
    op.execute("grant select on app.unit_export to portal_backup")
