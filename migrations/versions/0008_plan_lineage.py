"""Plans of the units above, and what a ward's plan took from them."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0008"
down_revision = "0007"

_TABLES = """
create table app.unit_plan (
  id uuid primary key,
  unit_id int not null references app.oversight_unit (id),
  state text not null constraint unit_plan_state_check
    check (state in ('reading', 'unreadable', 'published', 'replaced', 'withdrawn')),
  source text not null constraint unit_plan_source_check check (source in ('file', 'text')),
  filename text not null,
  stored_as text not null,
  size int not null,
  sha256 text not null,
  problem text not null,
  title text not null,
  doc_type text not null,
  year int,
  number text not null,
  symbol text not null,
  issued_on date,
  replaces_id uuid references app.unit_plan (id),
  added_by text not null,
  added_at timestamptz not null,
  ended_at timestamptz,
  attempts int not null,
  lease_until timestamptz,
  spread_at timestamptz
);
create unique index unit_plan_unit_id_sha256_key on app.unit_plan (unit_id, sha256)
  where state in ('reading', 'published');
create index unit_plan_added_at_idx on app.unit_plan (added_at) where spread_at is null and state <> 'unreadable';
create table app.unit_plan_paragraph (
  unit_plan_id uuid not null references app.unit_plan (id),
  position int not null,
  text text not null,
  kind text not null,
  section text not null,
  level int not null,
  primary key (unit_plan_id, position)
);
create table app.unit_target (
  id uuid primary key,
  unit_plan_id uuid not null references app.unit_plan (id),
  position int not null,
  section text not null,
  text text not null,
  comparator text,
  value double precision,
  unit text,
  denominator text,
  hidden boolean not null,
  unique (unit_plan_id, position)
);
create table app.activity (
  ward_id int not null references app.ward (id),
  id uuid not null,
  plan_id uuid not null,
  position int not null,
  paragraph int not null,
  section text not null,
  heading text not null,
  text text not null,
  primary key (ward_id, id),
  unique (ward_id, plan_id, position),
  foreign key (ward_id, plan_id) references app.plan (ward_id, id) on delete cascade
);
create table app.plan_citation (
  ward_id int not null references app.ward (id),
  id uuid not null,
  unit_plan_id uuid not null references app.unit_plan (id),
  as_of timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, unit_plan_id)
);
create table app.target_verdict (
  ward_id int not null references app.ward (id),
  id uuid not null,
  unit_plan_id uuid not null references app.unit_plan (id),
  unit_target_id uuid not null references app.unit_target (id),
  verdict text not null constraint target_verdict_verdict_check
    check (verdict in ('same', 'stricter', 'softer', 'missing')),
  primary key (ward_id, id),
  unique (ward_id, unit_target_id)
)
"""

_OF_A_UNIT = ("unit_plan", "unit_plan_paragraph", "unit_target")
_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """Build the shelf of the units' plans, open to read for all; what a ward took from them stays behind its wall.

    A unit's people write through portal_auth, which is let in at no ward's table of this room.
    """
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in _OF_A_UNIT:
        op.execute(f"grant select on app.{table} to portal_app, portal_city, portal_backup")
        op.execute(f"grant select, insert on app.{table} to portal_auth")
    op.execute(
        "grant update (state, problem, title, doc_type, year, number, symbol, issued_on, ended_at, attempts, "
        "lease_until, spread_at) on app.unit_plan to portal_auth"
    )
    wall_off("activity")
    for table in ("plan_citation", "target_verdict"):
        wall_off(table, app="select, insert, delete")
        let_in("portal_city", table, may="select", name="city_scope", only=_SCOPE)
