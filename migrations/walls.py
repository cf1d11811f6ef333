"""The wall around ward tables, written once: every migration that makes one calls `wall_off`."""

from alembic import op

#: Bare and loud (tenancy.md 0.3, 0.4): an unset ward is an error, never an empty page, and the index is used.
POLICY = "ward_id = current_setting('app.ward_id')::int"


def wall_off(table: str, *, app: str = "select, insert, update, delete") -> None:
    """Enclose a table: forced row-level security, one canonical policy, and the web's role let in."""
    op.execute(f"alter table app.{table} enable row level security")
    op.execute(f"alter table app.{table} force row level security")
    op.execute(
        f"create policy ward_wall on app.{table} as permissive for all to portal_app "
        f"using ({POLICY}) with check ({POLICY})"
    )
    op.execute(f"grant {app} on app.{table} to portal_app")
    op.execute(f"grant select on app.{table} to portal_backup")


def let_in(role: str, table: str, *, may: str, name: str, only: str = "true", writes: bool = False) -> None:
    """A named exception for another role: what it may do (`may`: grants), and on which rows (`only`)."""
    check = f" with check ({only})" if writes else ""
    command = "all" if writes else "select"
    op.execute(f"create policy {name} on app.{table} for {command} to {role} using ({only}){check}")
    op.execute(f"grant {may} on app.{table} to {role}")
