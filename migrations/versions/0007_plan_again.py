"""A plan that comes again: which plan it corrects or is kept apart from; plans begun from last year's."""

from alembic import op

revision = "0007"
down_revision = "0006"

_STEPS = (
    "alter table app.plan add column corrects_id uuid",
    "alter table app.plan add column kept_apart boolean not null default false",
    "alter table app.plan alter column kept_apart drop default",
    "alter table app.plan add constraint plan_ward_id_corrects_id_fkey "
    "foreign key (ward_id, corrects_id) references app.plan (ward_id, id)",
    "alter table app.plan drop constraint plan_source_check",
    "alter table app.plan add constraint plan_source_check "
    "check (source in ('file', 'text', 'sample', 'last_year'))",
)


def upgrade() -> None:
    """Let a plan say where it came from."""
    for step in _STEPS:
        op.execute(step)
