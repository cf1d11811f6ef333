"""How a card is worked: one duty for many agencies, periods, links, labels, explanations, acts that go back whole."""

from alembic import op

from migrations.walls import wall_off

revision = "0009"
down_revision = "0008"

# A duty that is shared out is carried by its children: it is itself no agency's, handed to nobody, and so counts
# nowhere and reminds nobody.
_CHANGES = """
create table app.card_series (
  ward_id int not null references app.ward (id),
  id uuid not null,
  ends_on date not null,
  stopped_at timestamptz,
  created_at timestamptz not null,
  primary key (ward_id, id)
);
alter table app.card
  add column parent_id uuid,
  add column shared_total int not null default 0,
  add column shared_done int not null default 0,
  add column series_id uuid,
  add column period date,
  add column explain_state text not null default ''
    constraint card_explain_state_check check (explain_state in ('', 'asked', 'answered', 'read')),
  add column explain_asked text not null default '',
  add column explain_answer text not null default '',
  add column link_count int not null default 0,
  add column label_count int not null default 0,
  add constraint card_ward_id_parent_id_fkey foreign key (ward_id, parent_id) references app.card (ward_id, id),
  add constraint card_ward_id_series_id_fkey foreign key (ward_id, series_id)
    references app.card_series (ward_id, id),
  add constraint card_ward_id_series_id_period_key unique (ward_id, series_id, period),
  add constraint card_shared_check
    check (shared_total = 0 or (agency_id is null and assigned_at is null and parent_id is null));
alter table app.card
  alter column shared_total drop default,
  alter column shared_done drop default,
  alter column explain_state drop default,
  alter column explain_asked drop default,
  alter column explain_answer drop default,
  alter column link_count drop default,
  alter column label_count drop default;
create index card_ward_id_parent_id_idx on app.card (ward_id, parent_id) where parent_id is not null;
alter table app.card_event add column act_id uuid;
create index card_event_ward_id_act_id_idx on app.card_event (ward_id, act_id) where act_id is not null;
create table app.card_link (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  other_id uuid not null,
  kind text not null constraint card_link_kind_check check (kind in ('related', 'waits_for')),
  added_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, card_id, other_id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, other_id) references app.card (ward_id, id),
  constraint card_link_other_check check (card_id <> other_id)
);
create index card_link_ward_id_other_id_idx on app.card_link (ward_id, other_id);
create table app.label (
  ward_id int not null references app.ward (id),
  id uuid not null,
  name text not null,
  primary key (ward_id, id),
  unique (ward_id, name)
);
create table app.card_label (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  label_id uuid not null,
  primary key (ward_id, id),
  unique (ward_id, card_id, label_id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, label_id) references app.label (ward_id, id)
);
create index card_label_ward_id_label_id_idx on app.card_label (ward_id, label_id)
"""


def upgrade() -> None:
    """Let a card be shared out, come back, point at others, carry labels, and be asked for an explanation."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    for table in ("card_series", "card_link", "label", "card_label"):
        wall_off(table)
