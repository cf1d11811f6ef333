"""Wards that merge, split or are renamed: who succeeded whom; and where offices and wards stood before."""

from alembic import op

revision = "0020"
down_revision = "0019"

_TABLE = """
create table app.succession (
  id int generated always as identity primary key,
  kind text not null constraint succession_kind_check check (kind in ('merge', 'split', 'rename')),
  predecessor_id int not null references app.ward (id),
  successor_id int not null references app.ward (id),
  on_day date not null,
  document text not null,
  former_name text not null,
  former_kind text not null,
  done_at timestamptz not null,
  undone_at timestamptz,
  constraint succession_other_check check ((kind = 'rename') = (predecessor_id = successor_id))
);
create unique index succession_predecessor_id_key on app.succession (predecessor_id)
  where kind = 'merge' and undone_at is null;
create index succession_successor_id_idx on app.succession (successor_id);
create table app.former_place (
  id int generated always as identity primary key,
  unit_id int references app.oversight_unit (id),
  placed_id int references app.ward (id),
  parent_id int references app.oversight_unit (id),
  name text not null,
  valid_from date,
  valid_to date not null,
  document text not null,
  constraint former_place_one_check check ((unit_id is null) <> (placed_id is null)),
  constraint former_place_dates_check check (valid_from is null or valid_from < valid_to)
);
create unique index former_place_unit_id_key on app.former_place (unit_id, valid_to) where unit_id is not null;
create unique index former_place_placed_id_key on app.former_place (placed_id, valid_to) where placed_id is not null
"""


def upgrade() -> None:
    """Global tables, like the wards they name: which ward became which is public knowledge, and holds no card."""
    for statement in _TABLE.split(";\n"):
        op.execute(statement)
    op.execute(
        "grant select on app.succession, app.former_place to "
        "portal_app, portal_auth, portal_dispatch, portal_rollup, portal_city, portal_backup"
    )
    op.execute("grant insert, update on app.succession, app.former_place to portal_auth")
