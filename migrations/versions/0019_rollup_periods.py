"""What wards publish, by the year of the plan and by period; closed periods are frozen, targets' figures beside.

The published rows of 0005 are counted again from the boards, so they are built anew and not carried over; the days
kept before did not know the year of a plan.
"""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0019"
down_revision = "0018"

#: The figures of a published row. `total` is derived, so that it can never contradict the four.
_FIGURES = """
  done_on_time int not null,
  done_late int not null,
  open_in_time int not null,
  open_overdue int not null,
  total int generated always as (done_on_time + done_late + open_in_time + open_overdue) stored,
  awaiting_approval int not null,
  without_date int not null,
  extensions int not null,
  with_evidence int not null,
  not_accepted int not null,
  blocked int not null,
  answered int not null,
  answer_minutes int not null"""

_KIND = (
    "agency_kind text not null constraint {table}_agency_kind_check check (agency_kind ~ '^[a-z_]{{2,20}}$')"
)

_TABLES = f"""
drop table app.ward_rollup;
drop table app.ward_rollup_day;
create table app.ward_rollup (
  ward_id int not null references app.ward (id),
  year int not null,
  plan_id uuid not null,
  {_KIND.format(table="ward_rollup")},{_FIGURES},
  as_of timestamptz not null,
  primary key (ward_id, year, plan_id, agency_kind)
);
create table app.ward_rollup_day (
  ward_id int not null references app.ward (id),
  year int not null,
  day date not null,{_FIGURES},
  primary key (ward_id, year, day)
);
create table app.ward_rollup_closed (
  ward_id int not null references app.ward (id),
  period_end date not null,
  year int not null,
  plan_id uuid not null,
  {_KIND.format(table="ward_rollup_closed")},
  corrected boolean not null,{_FIGURES},
  as_of timestamptz not null,
  primary key (ward_id, period_end, year, plan_id, agency_kind, corrected)
);
create table app.ward_reading (
  ward_id int not null references app.ward (id),
  reporter_id uuid not null,
  period_end date not null,
  period_start date not null,
  due_on date not null,
  year int not null,
  plan_id uuid not null,
  {_KIND.format(table="ward_reading")},
  unit_target_id uuid,
  rhythm text not null constraint ward_reading_rhythm_check check (rhythm in ('month', 'quarter', 'half', 'year')),
  measure text not null constraint ward_reading_measure_check check (measure ~ '^[a-z_]{{2,20}}$'),
  comparator text not null constraint ward_reading_comparator_check check (comparator in ('=', '>=', '<=', '>', '<')),
  target double precision not null,
  falls boolean not null,
  sensitive boolean not null,
  numerator double precision,
  denominator double precision,
  kept_numerator double precision,
  kept_denominator double precision,
  reported_on date,
  corrected_on date,
  as_of timestamptz not null,
  primary key (ward_id, reporter_id, period_end)
);
create index ward_reading_ward_id_year_idx on app.ward_reading (ward_id, year);
truncate app.ward_rollup_state;
alter table app.ward_rollup_state add column closed_until date, add column recheck boolean not null;
alter table app.card add column is_blocked boolean not null generated always as (blocked_why <> '') stored;
alter table app.reporter
  add column measure text not null default 'share'
    constraint reporter_measure_check
    check (measure in ('share', 'per_mille', 'ratio', 'decrease', 'increase', 'points')),
  add column falls boolean not null default false;
alter table app.reporter alter column measure drop default, alter column falls drop default
"""

# The measure of what was appointed before, as far as its unit tells; appointing again says it from the words.
_OLD_REPORTERS = (
    "alter table app.reporter no force row level security",
    "alter table app.indicator no force row level security",
    "update app.reporter r set measure = case i.unit when '%' then 'share' when '‰' then 'per_mille' "
    "when 'điểm' then 'points' else 'ratio' end, falls = coalesce(i.comparator in ('<', '<='), false) "
    "from app.indicator i where i.ward_id = r.ward_id and i.id = r.indicator_id",
    "alter table app.reporter force row level security",
    "alter table app.indicator force row level security",
)

# An array literal, not a list with commas: an unset or emptied setting is an error, never a quiet empty page.
_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """Build the shelf anew: the rollup writes, the city reads its wards', a ward sees its own."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for statement in _OLD_REPORTERS:
        op.execute(statement)
    for table in ("ward_rollup", "ward_rollup_day", "ward_rollup_closed", "ward_reading"):
        wall_off(table, app="select")
        let_in(
            "portal_rollup", table, may="select, insert, update, delete", name="rollup_publishes", writes=True
        )
        let_in("portal_city", table, may="select", name="city_scope", only=_SCOPE)
    # Whether something stands in the way is counted; what it is stays in the ward.
    op.execute("grant select (is_blocked) on app.card to portal_rollup")
    op.execute("grant select (measure, falls) on app.reporter to portal_rollup")
    let_in("portal_rollup", "plan", may="select (ward_id, id, year)", name="rollup_reads")
