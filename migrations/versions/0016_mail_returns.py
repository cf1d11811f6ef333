"""Mail that comes back: an address may be left alone for a while; when somebody first answered; letters to offices."""

from alembic import op

revision = "0016"
down_revision = "0015"

_CHANGES = """
alter table app.suppression add column until timestamptz;
alter table app.contact add column verified_at timestamptz;
alter table app.contact add column moved_at timestamptz;
alter table app.account_mail add column about_unit int references app.oversight_unit (id);
alter table app.account_mail add column key text;
create unique index account_mail_key_idx on app.account_mail (key);
alter table app.account_mail
  drop constraint account_mail_purpose_check,
  add constraint account_mail_purpose_check check (purpose in ('invitation', 'reset', 'unit_digest'));
create index suppression_ward_id_until_idx on app.suppression (ward_id, until) where lifted_at is null;
create index delivery_ward_id_returned_idx on app.delivery (ward_id, final_at) where state = 'bounced'
"""


def upgrade() -> None:
    """Let mail come back to what it was about."""
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
