"""The ladder and the hours of messages as data of a ward; more kinds of facts, and facts about no single card."""

from alembic import op

from migrations.walls import wall_off

revision = "0014"
down_revision = "0013"

_KINDS = (
    "'due_soon', 'due_today', 'overdue', 'escalated', 'assigned', 'no_answer', 'returned', 'approved', "
    "'extended', 'not_extended', 'explain', 'mentioned', 'digest', 'asked', 'new_link'"
)

_CHANGES = f"""
create table app.ladder_step (
  ward_id int not null references app.ward (id),
  id uuid not null,
  n int not null,
  kind text not null constraint ladder_step_kind_check
    check (kind in ('due_soon', 'due_today', 'overdue', 'escalated')),
  days int not null constraint ladder_step_days_check check (days between -20 and 60),
  audience text not null constraint ladder_step_audience_check
    check (audience in ('agency', 'agency_lead', 'leaders')),
  channels text[] not null,
  primary key (ward_id, id),
  unique (ward_id, n)
);
create table app.reminder_policy (
  ward_id int not null references app.ward (id),
  id uuid not null,
  slot_time time not null,
  digest_time time not null,
  email_opens time not null,
  email_closes time not null,
  text_opens time not null,
  text_closes time not null,
  texts_a_day int not null constraint reminder_policy_texts_a_day_check check (texts_a_day between 0 and 3),
  primary key (ward_id, id),
  unique (ward_id)
);
create table app.quiet_hours (
  ward_id int not null references app.ward (id),
  id uuid not null,
  contact_id uuid not null,
  opens time not null,
  closes time not null,
  primary key (ward_id, id),
  unique (ward_id, contact_id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id),
  constraint quiet_hours_closes_check check (opens < closes)
);
alter table app.notice
  alter column card_id drop not null,
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ({_KINDS})),
  add constraint notice_card_id_check check ((card_id is null) = (kind = 'digest'))
"""


def upgrade() -> None:
    """Let a ward set its own ladder and hours, and let people be told more."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    for table in ("ladder_step", "reminder_policy", "quiet_hours"):
        wall_off(table)
