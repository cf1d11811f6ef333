"""Wards that merge, split or are renamed: who succeeded whom, since when, by which resolution."""

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
create index succession_successor_id_idx on app.succession (successor_id)
"""


def upgrade() -> None:
    """A global table, like the wards it names: which ward became which is public knowledge, and holds no card."""
    for statement in _TABLE.split(";\n"):
        op.execute(statement)
    op.execute(
        "grant select on app.succession to "
        "portal_app, portal_auth, portal_dispatch, portal_rollup, portal_city, portal_backup"
    )
    op.execute("grant insert, update on app.succession to portal_auth")
