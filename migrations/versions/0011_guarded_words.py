"""Comments that can be changed, mentions, and what the child-identity guard let through."""

from alembic import op

from migrations.walls import wall_off

revision = "0011"
down_revision = "0010"

_TABLES = """
alter table app.comment add column edited_at timestamptz, add column removed_at timestamptz;
create table app.mention (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  comment_id uuid not null,
  contact_id uuid,
  agency_id uuid,
  mentioned_at timestamptz not null,
  answered_at timestamptz,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, comment_id) references app.comment (ward_id, id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id),
  foreign key (ward_id, agency_id) references app.agency (ward_id, id),
  constraint mention_somebody_check check ((contact_id is null) <> (agency_id is null))
);
create index mention_ward_id_comment_id_idx on app.mention (ward_id, comment_id);
create index mention_ward_id_waiting_idx on app.mention (ward_id, mentioned_at) where answered_at is null;
create table app.released_words (
  ward_id int not null references app.ward (id),
  id uuid not null,
  contact_id uuid not null,
  actor_name text not null,
  place text not null,
  number int,
  kinds text[] not null,
  reason text not null,
  released_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id)
)
"""


def upgrade() -> None:
    """Let comments change, say who is mentioned, and keep who let what kind of words through, and why."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    wall_off("mention")
    # Written once: nobody can tidy away that something was let through.
    wall_off("released_words", app="select, insert")
