"""Periodic reports of a ward, draft by draft, and what of them was sent to the unit above."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0021"
down_revision = "0020"

_TABLES = """
create table app.ward_report (
  ward_id int not null references app.ward (id),
  id uuid not null,
  period_code text not null,
  period_start date not null,
  period_end date not null,
  edition int not null,
  state text not null constraint ward_report_state_check check (state in ('draft', 'approved')),
  figures jsonb not null,
  changes jsonb not null,
  texts jsonb not null,
  version int not null,
  refreshed_at timestamptz not null,
  created_by text not null,
  created_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz,
  document bytea,
  primary key (ward_id, id),
  unique (ward_id, period_code, edition),
  constraint ward_report_period_check check (period_start <= period_end),
  constraint ward_report_frozen_check check ((state = 'approved') = (document is not null))
);
create table app.sent_report (
  ward_id int not null references app.ward (id),
  id uuid not null,
  report_id uuid not null,
  unit_id int not null references app.oversight_unit (id),
  period_code text not null,
  edition int not null,
  sent_at timestamptz not null,
  document bytea not null,
  primary key (ward_id, id),
  unique (ward_id, report_id),
  foreign key (ward_id, report_id) references app.ward_report (ward_id, id)
)
"""

_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """Build both tables: the unit is let in at what was sent, and never at a draft; what was sent stays as it was."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    wall_off("ward_report")
    wall_off("sent_report", app="select, insert")
    let_in("portal_city", "sent_report", may="select", name="city_scope", only=_SCOPE)
