"""Zalo beside SMS: when an account's token is made new, and by which channels one person wants to be reached first."""

from alembic import op

from migrations.walls import wall_off

revision = "0024"
down_revision = "0023"

_CHANGES = """
alter table app.channel_account add column renew_at timestamptz;
create table app.channel_wish (
  ward_id int not null references app.ward (id),
  id uuid not null,
  contact_id uuid not null,
  channels text[] not null,
  primary key (ward_id, id),
  unique (ward_id, contact_id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id),
  constraint channel_wish_channels_check check (channels <@ array['email', 'sms', 'zns'])
);
grant update (renew_at) on app.channel_account to portal_dispatch
"""


def upgrade() -> None:
    """Let tokens of gateways be renewed, and people say how they want to be reached."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    wall_off("channel_wish")
