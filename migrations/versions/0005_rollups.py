"""What each ward publishes to the office that oversees it: counts and moments, and nothing that could be a name."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0005"
down_revision = "0004"

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
  not_accepted int not null"""

_TABLES = f"""
create table app.ward_rollup (
  ward_id int not null references app.ward (id),
  plan_id uuid not null,
  agency_kind text not null
    constraint ward_rollup_agency_kind_check check (agency_kind ~ '^[a-z_]{{2,20}}$'),{_FIGURES},
  as_of timestamptz not null,
  primary key (ward_id, plan_id, agency_kind)
);
create table app.ward_rollup_day (
  ward_id int not null references app.ward (id),
  day date not null,{_FIGURES},
  primary key (ward_id, day)
);
create table app.ward_rollup_state (
  ward_id int not null references app.ward (id),
  as_of timestamptz not null,
  counted_on date not null,
  primary key (ward_id)
)
"""

# An array literal, not a list with commas: an unset or emptied setting is an error, never a quiet empty page.
_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"

# The policy must be an index condition, which reads the list once. As the filter of a sequential scan it would read the
# list again for every row: 52 ms for the 3,000 rows of 300 wards instead of 1.4.
_ENTER_WARDS = """
create function app.enter_wards(who int[]) returns void language plpgsql set search_path = pg_catalog as $f$
begin
  if who is null then raise exception 'ward_ids is null' using errcode = '22004'; end if;
  if nullif(current_setting('app.ward_ids', true), '') is not null
     and current_setting('app.ward_ids', true) <> who::text then
    raise exception 'ward_ids are already others in this transaction' using errcode = '42501';
  end if;
  execute format('set local app.ward_ids = %L', who::text);
  set local enable_seqscan = off;
end $f$
"""


def upgrade() -> None:
    """Build the shelf of published rows: the rollup writes, the city reads its wards', a ward sees its own."""
    op.execute(_ENTER_WARDS)
    op.execute("revoke all on function app.enter_wards from public")
    op.execute("grant execute on function app.enter_wards to portal_city")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in ("ward_rollup", "ward_rollup_day", "ward_rollup_state"):
        wall_off(table, app="select")
        let_in(
            "portal_rollup", table, may="select, insert, update, delete", name="rollup_publishes", writes=True
        )
        let_in("portal_city", table, may="select", name="city_scope", only=_SCOPE)
