"""Channels of a message: a ward's accounts with SMS gateways, its registered templates, and receipts."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0015"
down_revision = "0014"

_CHANGES = """
create table app.channel_account (
  ward_id int not null references app.ward (id),
  id uuid not null,
  channel text not null constraint channel_account_channel_check check (channel in ('sms', 'zns')),
  shape text not null,
  sender text not null,
  master text not null,
  sealed bytea not null,
  accented boolean not null,
  live boolean not null,
  price int not null constraint channel_account_price_check check (price between 0 and 100000),
  handle bytea not null,
  held_until timestamptz,
  held_why text not null,
  primary key (ward_id, id),
  unique (ward_id, channel)
);
create index channel_account_handle_idx on app.channel_account (ward_id, handle);
create table app.text_template (
  ward_id int not null references app.ward (id),
  id uuid not null,
  channel text not null constraint text_template_channel_check check (channel in ('sms', 'zns')),
  kind text not null,
  code text not null,
  body text not null,
  primary key (ward_id, id),
  unique (ward_id, channel, kind)
);
create table app.receipt (
  ward_id int not null references app.ward (id),
  id uuid not null,
  account_id uuid not null,
  digest bytea not null,
  said jsonb not null,
  received_at timestamptz not null,
  applied_at timestamptz,
  became text not null,
  primary key (ward_id, id),
  unique (ward_id, account_id, digest),
  foreign key (ward_id, account_id) references app.channel_account (ward_id, id)
);
create index receipt_ward_id_waiting_idx on app.receipt (ward_id, received_at) where applied_at is null;
alter table app.delivery add column provider_ref text not null default '';
alter table app.delivery alter column provider_ref drop default;
create index delivery_ward_id_client_ref_idx on app.delivery (ward_id, client_ref);
alter table app.attempt add column provider text not null default 'relay';
alter table app.attempt alter column provider drop default;
alter table app.notice add column channels text[] not null default '{email}';
alter table app.notice alter column channels drop default
"""


def upgrade() -> None:
    """Let a ward send by SMS through an account of its own."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    for table in ("channel_account", "text_template", "receipt"):
        wall_off(table)
    let_in(
        "portal_dispatch",
        "channel_account",
        may="select, update (held_until, held_why)",
        name="dispatch_sends",
        writes=True,
    )
