"""Webhooks: addresses of a unit's own system, what each was told already, and what is on its way there."""

from alembic import op

revision = "0029"
down_revision = "0028"

_CHANGES = """
create table app.webhook (
  id uuid primary key,
  unit_id int not null references app.oversight_unit (id),
  url text not null,
  events text not null,
  made_by text not null,
  made_at timestamptz not null,
  master text not null,
  sealed bytea not null,
  old_master text not null,
  old_sealed bytea,
  old_until timestamptz,
  looked_at timestamptz,
  closed_until date not null,
  not_before timestamptz not null,
  failing_since timestamptz,
  answered_at timestamptz,
  stopped_at timestamptz
);
create table app.webhook_told (
  webhook_id uuid not null references app.webhook (id) on delete cascade,
  about text not null,
  mark text not null,
  primary key (webhook_id, about)
);
create table app.webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references app.webhook (id) on delete cascade,
  event text not null,
  body text not null,
  made_at timestamptz not null,
  state text not null constraint webhook_delivery_state_check check (state in ('waiting', 'delivered', 'given_up')),
  attempts int not null,
  not_before timestamptz not null,
  lease_until timestamptz,
  tried_at timestamptz,
  status int,
  why text not null
);
create index webhook_unit_id_made_at_idx on app.webhook (unit_id, made_at);
create index webhook_delivery_webhook_id_made_at_idx on app.webhook_delivery (webhook_id, made_at);
create index webhook_delivery_not_before_idx on app.webhook_delivery (not_before) where state = 'waiting';
alter table app.account_mail
  drop constraint account_mail_purpose_check,
  add constraint account_mail_purpose_check
    check (purpose in ('invitation', 'reset', 'unit_digest', 'webhook_stopped'));
grant select, insert, update, delete on app.webhook, app.webhook_told, app.webhook_delivery to portal_auth;
grant select on app.webhook, app.webhook_told, app.webhook_delivery to portal_backup
"""


def upgrade() -> None:
    """Build all three for the login that acts for units; the web's own does not see them."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
