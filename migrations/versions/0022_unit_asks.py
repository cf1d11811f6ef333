"""What an oversight unit asks of its wards: published rows in words of a list; each ward makes its own card of them.

And when a unit's people last looked at its figures.
"""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0022"
down_revision = "0021"

_TABLE = """
create table app.unit_ask (
  ward_id int not null references app.ward (id),
  id uuid not null,
  unit_id int not null references app.oversight_unit (id),
  press_id uuid not null,
  kind text not null constraint unit_ask_kind_check check (kind in ('explain', 'remind', 'report')),
  sentence text not null constraint unit_ask_sentence_check check (sentence ~ '^[a-z_]{2,20}$'),
  agency_kind text not null constraint unit_ask_agency_kind_check check (agency_kind ~ '^[a-z_]{0,20}$'),
  period_code text not null constraint unit_ask_period_code_check check (period_code ~ '^[a-z0-9-]{0,20}$'),
  due_on date not null,
  asked_at timestamptz not null,
  received_at timestamptz,
  done_at timestamptz,
  primary key (ward_id, id)
);
create index unit_ask_ward_id_open_idx on app.unit_ask (ward_id) where done_at is null;
alter table app.unit_membership add column seen_on date, add column seen_before date
"""

_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """The unit's people ask through portal_auth, which reads only whose asks wait; the ward says when it took them up
    and when they were done; the city's role reads both.
    """
    for statement in _TABLE.split(";\n"):
        op.execute(statement)
    wall_off("unit_ask", app="select, update (received_at, done_at)")
    let_in(
        "portal_auth",
        "unit_ask",
        may="insert, select (ward_id, received_at, done_at)",
        name="unit_asks",
        writes=True,
    )
    let_in("portal_city", "unit_ask", may="select", name="city_scope", only=_SCOPE)
