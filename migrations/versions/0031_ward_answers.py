"""A ward's answer to what its unit asked: when its card was answered, and the words that its leader released."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0031"
down_revision = "0030"

_CHANGES = """
alter table app.unit_ask add column answered_at timestamptz;
create table app.ward_answer (
  ward_id int not null references app.ward (id),
  id uuid not null,
  words text not null constraint ward_answer_words_check check (length(words) between 1 and 2000),
  released_by uuid not null,
  released_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, id) references app.unit_ask (ward_id, id)
)
"""

_SCOPE = "ward_id = any (current_setting('app.ward_ids')::int[])"


def upgrade() -> None:
    """The unit is let in at the released words and their day, not at who released them."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    op.execute("grant update (answered_at) on app.unit_ask to portal_app")
    wall_off("ward_answer", app="select, insert, update")
    let_in(
        "portal_city",
        "ward_answer",
        may="select (ward_id, id, words, released_at)",
        name="city_scope",
        only=_SCOPE,
    )
