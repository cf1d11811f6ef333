"""Readings of targets, period by period, and which agency reports them."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0013"
down_revision = "0012"

_TABLES = """
create table app.reporter (
  ward_id int not null references app.ward (id),
  id uuid not null,
  indicator_id uuid not null,
  agency_id uuid,
  rhythm text not null constraint reporter_rhythm_check check (rhythm in ('month', 'quarter', 'half', 'year')),
  year int not null,
  since date not null,
  sensitive boolean not null,
  unit_target_id uuid references app.unit_target (id),
  set_by text not null,
  set_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, indicator_id),
  foreign key (ward_id, indicator_id) references app.indicator (ward_id, id),
  foreign key (ward_id, agency_id) references app.agency (ward_id, id)
);
create index reporter_ward_id_agency_id_idx on app.reporter (ward_id, agency_id);
create table app.reading (
  ward_id int not null references app.ward (id),
  id uuid not null,
  reporter_id uuid not null,
  period_start date not null,
  period_end date not null,
  numerator double precision not null constraint reading_numerator_check check (numerator >= 0),
  denominator double precision constraint reading_denominator_check check (denominator >= 0),
  contact_id uuid,
  entered_by text not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  primary key (ward_id, id),
  foreign key (ward_id, reporter_id) references app.reporter (ward_id, id),
  constraint reading_period_check check (period_start < period_end)
);
create unique index reading_ward_id_reporter_id_period_end_key on app.reading (ward_id, reporter_id, period_end)
  where replaced_at is null
"""


def upgrade() -> None:
    """Build the two tables; the rollup may read figures and dates, never whose hand they came from."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in ("reporter", "reading"):
        wall_off(table)
    readable = {
        "target": "ward_id, id, plan_id, position",
        "indicator": "ward_id, id, target_id, position, comparator, value, unit",
        "reporter": "ward_id, id, indicator_id, agency_id, rhythm, year, since, sensitive, unit_target_id",
        "reading": "ward_id, id, reporter_id, period_start, period_end, numerator, denominator, entered_at, "
        "replaced_at",
    }
    for table, columns in readable.items():
        let_in("portal_rollup", table, may=f"select ({columns})", name="rollup_reads")
