"""Sensitive figures: the unit's role reads no number before it was published, and then only what gives nobody away.

The numbers of sensitive targets that stood in `ward_reading` are emptied: they stay in the ward's own `reading`. A
constraint keeps them out until the row is published; how far a ward was counted stays where only the publisher reads.
"""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0025"
down_revision = "0024"

_TABLES = """
alter table app.ward_reading no force row level security;
update app.ward_reading
  set numerator = null, denominator = null, kept_numerator = null, kept_denominator = null where sensitive;
alter table app.ward_reading force row level security;
alter table app.ward_reading add column published_on date,
  add constraint ward_reading_veiled_check check (
    not sensitive or (kept_numerator is null and kept_denominator is null
      and (published_on is not null or (numerator is null and denominator is null))
      and coalesce(numerator, 5) >= 5 and coalesce(denominator, 5) >= 5)
  );
create table app.counted_reading (
  ward_id int not null references app.ward (id),
  reporter_id uuid not null,
  period_end date not null,
  counted int not null,
  is_open boolean not null,
  primary key (ward_id, reporter_id),
  constraint counted_reading_counted_check check (counted >= 0)
);
create table app.unit_reading (
  unit_id int not null references app.oversight_unit (id),
  unit_target_id uuid not null references app.unit_target (id),
  period_end date not null,
  year int not null,
  numerator int,
  denominator int,
  wards int not null,
  published_on date not null,
  primary key (unit_id, unit_target_id, period_end),
  constraint unit_reading_numerator_check check (numerator >= 5),
  constraint unit_reading_denominator_check check (denominator >= 5)
);
create table app.reading_publication (
  unit_id int not null references app.oversight_unit (id),
  period_end date not null,
  published_at timestamptz not null,
  primary key (unit_id, period_end)
);
alter table app.unit_reading enable row level security;
alter table app.unit_reading force row level security;
grant select on app.unit_reading, app.reading_publication to portal_backup;
grant select, insert on app.reading_publication to portal_rollup;
grant select on app.reading_publication to portal_city;
"""

_ENTER_UNITS = """
create function app.enter_units(who int[]) returns void language plpgsql set search_path = pg_catalog as $f$
begin
  if who is null then raise exception 'unit_ids is null' using errcode = '22004'; end if;
  if nullif(current_setting('app.unit_ids', true), '') is not null
     and current_setting('app.unit_ids', true) <> who::text then
    raise exception 'unit_ids are already others in this transaction' using errcode = '42501';
  end if;
  execute format('set local app.unit_ids = %L', who::text);
end $f$
"""


def upgrade() -> None:
    """Empty the numbers, keep them out, and build the shelf of what an office may know of all its wards."""
    for statement in _TABLES.strip().rstrip(";").split(";\n"):
        op.execute(statement)
    op.execute(_ENTER_UNITS)
    op.execute("revoke all on function app.enter_units from public")
    op.execute("grant execute on function app.enter_units to portal_city")
    wall_off("counted_reading", app="select")
    let_in(
        "portal_rollup", "counted_reading", may="select, insert, update", name="rollup_publishes", writes=True
    )
    let_in("portal_rollup", "unit_reading", may="select, insert", name="rollup_publishes", writes=True)
    scope = "unit_id = any (current_setting('app.unit_ids')::int[])"
    let_in("portal_city", "unit_reading", may="select", name="city_scope", only=scope)
