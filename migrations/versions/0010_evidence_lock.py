"""Evidence is sealed at rest; what names children is locked to named viewers; confidential cards."""

from alembic import op

from migrations.walls import wall_off

revision = "0010"
down_revision = "0009"

# A ward's key is kept wrapped by the platform's master key; without its row, or the master key, no file opens.
_CHANGES = """
alter table app.card add column confidential boolean not null default false;
alter table app.card alter column confidential drop default;
alter table app.evidence add column sealed boolean not null default false;
alter table app.evidence alter column sealed drop default;
create index evidence_ward_id_contact_id_idx on app.evidence (ward_id, contact_id, added_at);
create table app.ward_key (
  ward_id int not null references app.ward (id),
  id uuid not null,
  master text not null,
  wrapped bytea not null,
  made_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id)
);
create table app.evidence_viewer (
  ward_id int not null references app.ward (id),
  id uuid not null,
  evidence_id uuid not null,
  contact_id uuid not null,
  primary key (ward_id, id),
  unique (ward_id, evidence_id, contact_id),
  foreign key (ward_id, evidence_id) references app.evidence (ward_id, id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id)
);
create table app.evidence_view (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  evidence_id uuid not null,
  contact_id uuid not null,
  viewer_name text not null,
  viewed_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, evidence_id) references app.evidence (ward_id, id)
);
create index evidence_view_ward_id_card_id_idx on app.evidence_view (ward_id, card_id, id)
"""


def upgrade() -> None:
    """Build the lock."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    for table in ("ward_key", "evidence_viewer"):
        wall_off(table)
    # Who looked is written once, like the history.
    wall_off("evidence_view", app="select, insert")
