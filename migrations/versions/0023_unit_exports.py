"""Files that a unit asked for, made by workers and kept for a while; and tokens with which its figures are read."""

from alembic import op

revision = "0023"
down_revision = "0022"

_TABLES = """
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
);
create table app.read_token (
  id uuid primary key,
  unit_id int not null references app.oversight_unit (id),
  name text not null,
  token_hash bytea not null unique,
  made_by text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
)
"""


def upgrade() -> None:
    """Build both: the login that signs people in and acts for units works on them, the web's own does not."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    op.execute("create index unit_export_unit_id_asked_at_idx on app.unit_export (unit_id, asked_at)")
    op.execute(
        "create index unit_export_asked_at_idx on app.unit_export (asked_at) where state in ('queued', 'running')"
    )
    op.execute("create index read_token_unit_id_made_at_idx on app.read_token (unit_id, made_at)")
    op.execute("grant select, insert, update, delete on app.unit_export to portal_auth")
    op.execute("grant select, insert, update on app.read_token to portal_auth")
    op.execute("grant select on app.unit_export, app.read_token to portal_backup")
