"""How sending does: what each ward's channels answered lately, when a sender last looked, and on which database."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0018"
down_revision = "0017"

_CHANGES = """
create table app.sending_health (
  ward_id int not null references app.ward (id),
  id uuid not null,
  channel text not null constraint sending_health_channel_check check (channel in ('email', 'sms', 'zns')),
  since timestamptz not null,
  answers int not null,
  troubles int not null,
  last_good_at timestamptz,
  last_trouble_at timestamptz,
  last_trouble text not null,
  primary key (ward_id, id),
  unique (ward_id, channel)
);
alter table app.provider_account add column home text not null default '';
alter table app.provider_account alter column home drop default;
alter table app.provider_account add column beat_at timestamptz;
insert into app.provider_account (name, channel, held_why, home) values ('everything', 'all', '', '')
"""


def upgrade() -> None:
    """Write down what providers answer, and let a restored database be recognised."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    wall_off("sending_health", app="select")
    let_in(
        "portal_dispatch",
        "sending_health",
        may="select, insert, update",
        name="dispatch_sends",
        writes=True,
    )
