"""Reports that wait for the leader: who submitted one when, and with which words it came back."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Add the columns; every draft there is has been submitted by nobody."""
    op.execute(
        "alter table app.ward_report"
        " add column submitted_by text not null default '',"
        " add column submitted_at timestamptz,"
        " add column returned_by text not null default '',"
        " add column returned_at timestamptz,"
        " add column returned_why text not null default '',"
        " add constraint ward_report_returned_check check ((returned_at is null) = (returned_why = '')),"
        " add constraint ward_report_waiting_check check (submitted_at is null or returned_at is null)"
    )
