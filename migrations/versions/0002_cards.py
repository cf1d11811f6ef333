"""Cards, their history, supporters, comments, checklists, evidence, and the marks that a board changed."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0002"
down_revision = "0001"

_TABLES = """
create table app.card (
  ward_id int not null references app.ward (id),
  id uuid not null,
  number int not null,
  plan_id uuid,
  agency_id uuid,
  mode text not null constraint card_mode_check check (mode in ('assign', 'request')),
  title text not null,
  text text not null,
  section text not null,
  locator text not null,
  source_sha256 text not null,
  state text not null constraint card_state_check
    check (state in ('todo', 'doing', 'review', 'done', 'returned', 'paused', 'refused', 'cancelled')),
  due_on date,
  due_exclusive boolean not null,
  original_due_on date,
  extensions int not null,
  asked_due_on date,
  asked_why text not null,
  due_version int not null,
  recurrence jsonb,
  assigned_at timestamptz,
  accepted_at timestamptz,
  submitted_at timestamptz,
  closed_at timestamptz,
  result text not null,
  reason text not null,
  blocked_why text not null,
  evidence_required boolean not null,
  position double precision not null,
  checks_done int not null,
  checks_total int not null,
  evidence_count int not null,
  comment_count int not null,
  search_text text not null,
  version int not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, number),
  foreign key (ward_id, agency_id) references app.agency (ward_id, id)
);
create index card_ward_id_agency_id_idx on app.card (ward_id, agency_id);
create index card_ward_id_due_on_idx on app.card (ward_id, due_on) where state not in ('done', 'cancelled');
create table app.card_event (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  kind text not null,
  contact_id uuid,
  actor_name text not null,
  via text not null constraint card_event_via_check check (via in ('web', 'link', 'system')),
  detail jsonb not null,
  occurred_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id)
);
create index card_event_ward_id_card_id_idx on app.card_event (ward_id, card_id, id);
create table app.board_change (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid,
  primary key (ward_id, id)
);
create table app.support (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  agency_id uuid not null,
  primary key (ward_id, id),
  unique (ward_id, card_id, agency_id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, agency_id) references app.agency (ward_id, id)
);
create table app.comment (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  contact_id uuid,
  author_name text not null,
  text text not null,
  via text not null,
  written_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id)
);
create index comment_ward_id_card_id_idx on app.comment (ward_id, card_id, id);
create table app.check_item (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  position int not null,
  text text not null,
  done_at timestamptz,
  done_by text not null,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id)
);
create index check_item_ward_id_card_id_idx on app.check_item (ward_id, card_id, position);
create table app.evidence (
  ward_id int not null references app.ward (id),
  id uuid not null,
  card_id uuid not null,
  filename text not null,
  media_type text not null,
  size int not null,
  sha256 text not null,
  stored_as text not null,
  names_children boolean not null,
  contact_id uuid,
  uploader_name text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id)
);
create index evidence_ward_id_card_id_idx on app.evidence (ward_id, card_id, id)
"""


def upgrade() -> None:
    """Build the board."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in ("card", "support", "comment", "check_item", "evidence"):
        wall_off(table)
    # History is written once: the web's role cannot change or delete what happened.
    for table in ("card_event", "board_change"):
        wall_off(table, app="select, insert")
    # The rollup counts from keys, states and dates; it cannot read a title, a text or a name even by mistake.
    let_in(
        "portal_rollup",
        "card",
        may="select (ward_id, id, plan_id, agency_id, state, due_on, due_exclusive, original_due_on, extensions, "
        "assigned_at, accepted_at, submitted_at, closed_at, evidence_count, created_at)",
        name="rollup_reads",
    )
    let_in("portal_rollup", "agency", may="select (ward_id, id, kind, mode, closed)", name="rollup_reads")
    let_in(
        "portal_rollup",
        "board_change",
        may="select (ward_id, id), delete",
        name="rollup_takes_marks",
        writes=True,
    )
