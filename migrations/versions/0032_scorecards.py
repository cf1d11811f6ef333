"""Scorecards of wards as places fit for children, and what of them was sent to the unit above."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0032"
down_revision = "0031"

_TABLES = """
create table app.scorecard (
  ward_id int not null references app.ward (id),
  id uuid not null,
  year int not null,
  standard_key text not null,
  unit_class text not null constraint scorecard_unit_class_check check (unit_class in ('city', 'hard', 'other')),
  entries jsonb not null,
  edition int not null,
  version int not null,
  changed_by text not null,
  changed_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz,
  document bytea,
  primary key (ward_id, id),
  unique (ward_id, year),
  constraint scorecard_locked_check check ((approved_at is null) = (document is null))
);
create table app.sent_scorecard (
  ward_id int not null references app.ward (id),
  id uuid not null,
  scorecard_id uuid not null,
  unit_id int not null references app.oversight_unit (id),
  year int not null,
  edition int not null,
  unit_class text not null,
  threshold double precision not null,
  total double precision not null,
  result text not null,
  points jsonb not null,
  sent_at timestamptz not null,
  document bytea not null,
  primary key (ward_id, id),
  unique (ward_id, scorecard_id, edition),
  foreign key (ward_id, scorecard_id) references app.scorecard (ward_id, id)
)
"""

_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """Build both tables: the unit is let in at what was sent, which stays as it was."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    wall_off("scorecard")
    wall_off("sent_scorecard", app="select, insert")
    let_in("portal_city", "sent_scorecard", may="select", name="city_scope", only=_SCOPE)
