"""The outbox: facts, envelopes, attempts, fair lanes, one-tap links, opt-outs, and what time is planned up to."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0004"
down_revision = "0003"

_TABLES = """
create table app.notice (
  ward_id int not null references app.ward (id),
  id uuid not null,
  kind text not null constraint notice_kind_check
    check (kind in ('due_soon', 'due_today', 'overdue', 'assigned', 'asked', 'new_link')),
  card_id uuid not null,
  due_version int not null,
  step int not null,
  contact_id uuid not null,
  dedupe_key text not null,
  slot_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null constraint notice_state_check
    check (state in ('planned', 'merged', 'superseded', 'suppressed', 'expired', 'cancelled')),
  why text not null,
  shown jsonb not null,
  created_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, dedupe_key),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id)
);
create index notice_ward_id_state_idx on app.notice (ward_id, contact_id) where state = 'planned';
create index notice_ward_id_card_id_idx on app.notice (ward_id, card_id, id);
create table app.delivery (
  ward_id int not null references app.ward (id),
  id uuid not null,
  handle bytea not null,
  contact_id uuid not null,
  channel text not null constraint delivery_channel_check check (channel in ('email', 'sms', 'zns')),
  urgency int not null,
  merge_key text not null,
  state text not null constraint delivery_state_check
    check (state in ('queued', 'claimed', 'submitting', 'unknown', 'retry_wait', 'held', 'parked', 'accepted',
                     'delivered', 'undelivered', 'bounced', 'failed', 'cancelled', 'expired')),
  why text not null,
  not_before timestamptz not null,
  expires_at timestamptz not null,
  tries int not null,
  refusals int not null,
  lease_until timestamptz,
  lease_owner bigint,
  epoch int not null,
  client_ref text not null,
  recipient_name text not null,
  recipient_title text not null,
  address text not null,
  last_code text not null,
  created_at timestamptz not null,
  accepted_at timestamptz,
  final_at timestamptz,
  primary key (ward_id, id),
  unique (ward_id, merge_key),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id)
) with (fillfactor = 70);
create index delivery_claim_idx on app.delivery (channel, urgency, ward_id, not_before, id)
  where state in ('queued', 'retry_wait');
create index delivery_lease_idx on app.delivery (lease_until) where state in ('claimed', 'submitting');
create index delivery_doubt_idx on app.delivery (not_before) where state in ('unknown', 'held');
create index delivery_expiry_idx on app.delivery (expires_at) where state in ('queued', 'retry_wait');
create index delivery_handle_idx on app.delivery (handle);
create index delivery_ward_id_created_at_idx on app.delivery (ward_id, created_at desc);
create table app.delivery_notice (
  ward_id int not null references app.ward (id),
  id uuid not null,
  delivery_id uuid not null,
  notice_id uuid not null,
  primary key (ward_id, id),
  unique (ward_id, delivery_id, notice_id),
  foreign key (ward_id, delivery_id) references app.delivery (ward_id, id),
  foreign key (ward_id, notice_id) references app.notice (ward_id, id)
);
create index delivery_notice_ward_id_notice_id_idx on app.delivery_notice (ward_id, notice_id);
create table app.attempt (
  ward_id int not null references app.ward (id),
  id uuid not null,
  delivery_id uuid not null,
  n int not null,
  epoch int not null,
  client_ref text not null,
  submitted_at timestamptz not null,
  outcome text,
  code text not null,
  answered_at timestamptz,
  primary key (ward_id, id),
  unique (ward_id, delivery_id, n),
  foreign key (ward_id, delivery_id) references app.delivery (ward_id, id)
);
create table app.lane (
  ward_id int not null references app.ward (id),
  id uuid not null,
  channel text not null,
  urgency int not null,
  vtime double precision not null,
  weight double precision not null,
  awake boolean not null,
  paused_until timestamptz,
  primary key (ward_id, id),
  unique (ward_id, channel, urgency)
);
create index lane_claim_idx on app.lane (channel, urgency, vtime);
create table app.action_link (
  ward_id int not null references app.ward (id),
  id uuid not null,
  handle bytea not null,
  contact_id uuid not null,
  card_id uuid not null,
  due_version int not null,
  notice_id uuid not null,
  expires_at timestamptz not null,
  max_uses int not null,
  used_n int not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, notice_id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id),
  foreign key (ward_id, card_id) references app.card (ward_id, id),
  foreign key (ward_id, notice_id) references app.notice (ward_id, id)
);
create index action_link_handle_idx on app.action_link (handle);
create table app.link_use (
  ward_id int not null references app.ward (id),
  id uuid not null,
  link_id uuid not null,
  verb text not null constraint link_use_verb_check check (verb in ('accepted', 'doing', 'done', 'blocked')),
  event_id uuid,
  used_at timestamptz not null,
  undone_at timestamptz,
  primary key (ward_id, id),
  foreign key (ward_id, link_id) references app.action_link (ward_id, id)
);
create index link_use_ward_id_link_id_idx on app.link_use (ward_id, link_id, id);
create table app.suppression (
  ward_id int not null references app.ward (id),
  id uuid not null,
  channel text not null,
  address_hash bytea not null,
  category text not null,
  reason text not null,
  created_at timestamptz not null,
  lifted_at timestamptz,
  primary key (ward_id, id),
  unique (ward_id, channel, address_hash, category)
);
create table app.calendar_day (
  ward_id int not null references app.ward (id),
  id uuid not null,
  day date not null,
  working boolean not null,
  primary key (ward_id, id),
  unique (ward_id, day)
);
create table app.sched_cursor (
  ward_id int not null references app.ward (id),
  id uuid not null,
  job text not null,
  done_until timestamptz not null,
  primary key (ward_id, id),
  unique (ward_id, job)
);
create table app.provider_account (
  name text primary key,
  channel text not null,
  held_until timestamptz,
  held_why text not null
)
"""

_WALLED = (
    "notice",
    "delivery",
    "delivery_notice",
    "lane",
    "action_link",
    "link_use",
    "suppression",
    "calendar_day",
    "sched_cursor",
)


def upgrade() -> None:
    """Build the outbox."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in _WALLED:
        wall_off(table)
    # What was tried is written by the dispatcher alone; the ward may read it.
    wall_off("attempt", app="select")
    op.execute("insert into app.provider_account (name, channel, held_why) values ('relay', 'email', '')")
    op.execute("grant select, update on app.provider_account to portal_dispatch")
    op.execute("grant select on app.provider_account to portal_backup")
    _let_dispatcher_in()


def _let_dispatcher_in() -> None:
    """The envelopes of all wards, nothing else: no card, no contact, no opt-out, no fact."""
    for table in ("action_link", "sched_cursor"):
        let_in("portal_dispatch", table, may="select", name="dispatch_reads")
    for table in ("delivery", "lane"):
        let_in("portal_dispatch", table, may="select, update", name="dispatch_sends", writes=True)
    let_in(
        "portal_dispatch",
        "attempt",
        may="select, insert, update (outcome, code, answered_at)",
        name="dispatch_sends",
        writes=True,
    )
