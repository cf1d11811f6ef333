"""What becomes of short messages: receipts for the dispatcher, messages about no card, the next channel."""

from alembic import op

from migrations.walls import let_in

revision = "0017"
down_revision = "0016"

_KINDS = (
    "'due_soon', 'due_today', 'overdue', 'escalated', 'assigned', 'no_answer', 'returned', 'approved', "
    "'extended', 'not_extended', 'explain', 'mentioned', 'digest', 'asked', 'new_link', "
    "'stopped', 'resumed', 'trial'"
)

_CHANGES = f"""
alter table app.delivery add column instead_of uuid;
alter table app.delivery add column passed_on_at timestamptz;
create index delivery_ward_id_provider_ref_idx on app.delivery (ward_id, provider_ref) where provider_ref <> '';
create index delivery_ward_id_ended_idx on app.delivery (ward_id, created_at)
  where passed_on_at is null
    and (state in ('failed', 'undelivered', 'bounced', 'parked', 'cancelled')
         or (state = 'accepted' and channel <> 'email'));
drop index app.channel_account_handle_idx;
create index channel_account_handle_idx on app.channel_account (handle);
alter table app.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ({_KINDS})),
  drop constraint notice_card_id_check,
  add constraint notice_card_id_check
    check ((card_id is null) = (kind in ('digest', 'stopped', 'resumed', 'trial')))
"""


def upgrade() -> None:
    """Let gateways say what became of messages, and messages that did not arrive take the next channel."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    let_in("portal_dispatch", "receipt", may="select (ward_id, id, applied_at)", name="dispatch_reads")
