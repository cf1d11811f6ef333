"""What a review of a plan still needed: certainty kept per field, changes that can be taken back, steps of reading."""

from alembic import op

from migrations.walls import wall_off

revision = "0006"
down_revision = "0005"

# Cards are split and merged, so numbers move; two of them hold the same place only until the act is done.
_CHANGES = """
alter table app.proposed_card add column confidence jsonb not null default '{}';
alter table app.proposed_card alter column confidence drop default;
alter table app.proposed_card drop constraint proposed_card_ward_id_plan_id_position_key;
alter table app.proposed_card add constraint proposed_card_ward_id_plan_id_position_key
  unique (ward_id, plan_id, position) deferrable initially deferred;
alter table app.plan add column step text not null default 'received'
  constraint plan_step_check check (step in ('received', 'opened'));
alter table app.plan alter column step drop default;
create table app.plan_change (
  ward_id int not null references app.ward (id),
  id uuid not null,
  plan_id uuid not null,
  kind text not null constraint plan_change_kind_check
    check (kind in ('edited', 'checked', 'dropped', 'restored', 'dated', 'merged', 'split', 'shared', 'added')),
  detail jsonb not null,
  cards jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (ward_id, id),
  foreign key (ward_id, plan_id) references app.plan (ward_id, id) on delete cascade
);
create index plan_change_ward_id_plan_id_idx on app.plan_change (ward_id, plan_id, id)
"""


def upgrade() -> None:
    """Add what the review remembers."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    wall_off("plan_change")
