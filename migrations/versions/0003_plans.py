"""Plans, what was read out of them, the cards they propose, their targets, and the jobs of a ward."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0003"
down_revision = "0002"

_TABLES = """
create table app.ward_job (
  ward_id int not null references app.ward (id),
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  state text not null constraint ward_job_state_check check (state in ('queued', 'running', 'done', 'failed')),
  attempts int not null,
  lease_until timestamptz,
  last_code text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (ward_id, id)
);
create index ward_job_created_at_idx on app.ward_job (created_at) where state in ('queued', 'running');
create unique index ward_job_ward_id_kind_subject_id_key on app.ward_job (ward_id, kind, subject_id)
  where state in ('queued', 'running');
create table app.plan (
  ward_id int not null references app.ward (id),
  id uuid not null,
  state text not null constraint plan_state_check check (state in ('reading', 'unreadable', 'review', 'confirmed')),
  source text not null constraint plan_source_check check (source in ('file', 'text', 'sample')),
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
  details jsonb not null,
  added_by text not null,
  added_at timestamptz not null,
  confirmed_by text not null,
  confirmed_at timestamptz,
  primary key (ward_id, id)
);
create unique index plan_ward_id_sha256_key on app.plan (ward_id, sha256) where state <> 'unreadable';
create table app.plan_paragraph (
  ward_id int not null references app.ward (id),
  id uuid not null,
  plan_id uuid not null,
  position int not null,
  text text not null,
  kind text not null,
  section text not null,
  level int not null,
  source text,
  repaired text,
  skipped jsonb not null,
  primary key (ward_id, id),
  unique (ward_id, plan_id, position),
  foreign key (ward_id, plan_id) references app.plan (ward_id, id) on delete cascade
);
create table app.proposed_card (
  ward_id int not null references app.ward (id),
  id uuid not null,
  plan_id uuid not null,
  position int not null,
  spans jsonb not null,
  title text not null,
  text text not null,
  agency_id uuid,
  agency_name text not null,
  joint jsonb not null,
  supporting jsonb not null,
  mode text not null constraint proposed_card_mode_check check (mode in ('assign', 'request')),
  section text not null,
  locator text not null,
  sha256 text not null,
  due_on date,
  due_exclusive boolean not null,
  due_words text not null,
  suggested_on date,
  suggested_why text not null,
  recurrence jsonb,
  unsure jsonb not null,
  dropped boolean not null,
  changed_by text not null,
  card_number int,
  primary key (ward_id, id),
  unique (ward_id, plan_id, position),
  foreign key (ward_id, plan_id) references app.plan (ward_id, id) on delete cascade,
  foreign key (ward_id, agency_id) references app.agency (ward_id, id)
);
create table app.target (
  ward_id int not null references app.ward (id),
  id uuid not null,
  plan_id uuid not null,
  position int not null,
  paragraph int not null,
  section text not null,
  text text not null,
  hidden boolean not null,
  primary key (ward_id, id),
  unique (ward_id, plan_id, position),
  foreign key (ward_id, plan_id) references app.plan (ward_id, id) on delete cascade
);
create table app.indicator (
  ward_id int not null references app.ward (id),
  id uuid not null,
  target_id uuid not null,
  position int not null,
  text text not null,
  comparator text,
  value double precision,
  unit text,
  denominator text,
  qualitative boolean not null,
  primary key (ward_id, id),
  unique (ward_id, target_id, position),
  foreign key (ward_id, target_id) references app.target (ward_id, id) on delete cascade
);
alter table app.card add constraint card_ward_id_plan_id_fkey
  foreign key (ward_id, plan_id) references app.plan (ward_id, id);
create index card_ward_id_plan_id_idx on app.card (ward_id, plan_id)
"""


def upgrade() -> None:
    """Build the plans' room."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in ("ward_job", "plan", "plan_paragraph", "proposed_card", "target", "indicator"):
        wall_off(table)
    # Whoever hands out jobs sees that they wait, in every ward, and nothing of what they are about.
    let_in(
        "portal_dispatch",
        "ward_job",
        may="select (ward_id, id, kind, subject_id, state, attempts, lease_until, created_at), "
        "update (state, attempts, lease_until)",
        name="dispatch_hands_out",
        writes=True,
    )
