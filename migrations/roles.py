"""The login roles and the database, made once for each cluster by a superuser (tenancy.md 2)."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

#: What each role is for. Only the backup may look past the wall; none may create roles or databases.
ROLES = {
    "portal_owner": "migrations; owns everything, sees nothing",
    "portal_app": "web and jobs of one ward",
    "portal_auth": "sign-in and somebody's own places",
    "portal_dispatch": "the outbox of all wards, nothing else",
    "portal_rollup": "keys, states and dates; writes what wards publish",
    "portal_city": "published rows of its wards, read-only",
    "portal_backup": "dumps, read-only",
}

_SETTINGS = {
    "portal_app": {
        "statement_timeout": "15s",
        "idle_in_transaction_session_timeout": "30s",
        "lock_timeout": "5s",
    },
    "portal_auth": {
        "statement_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "lock_timeout": "5s",
    },
    "portal_dispatch": {"statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"},
    "portal_rollup": {"statement_timeout": "60s", "lock_timeout": "5s"},
    "portal_city": {"statement_timeout": "15s", "default_transaction_read_only": "on"},
    "portal_backup": {"default_transaction_read_only": "on"},
}


def create_roles(superuser_url: str, passwords: Mapping[str, str]) -> None:
    """Make the roles, or set their passwords anew. `passwords`: one for each name of ROLES."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        there = {row[0] for row in connection.execute("select rolname from pg_roles")}
        for role in ROLES:
            verb = "alter" if role in there else "create"
            wall = "bypassrls" if role == "portal_backup" else "nobypassrls"
            connection.execute(
                sql.SQL(
                    f"{verb} role {{}} login nosuperuser {wall} nocreatedb nocreaterole password {{}}"
                ).format(sql.Identifier(role), sql.Literal(passwords[role]))
            )
            for name, value in _SETTINGS.get(role, {}).items():
                connection.execute(
                    sql.SQL("alter role {} set {} = {}").format(
                        sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                    )
                )


def create_database(superuser_url: str, name: str) -> bool:
    """Make the database, owned by portal_owner and closed to everybody else; False when it was there."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return False
        database = sql.Identifier(name)
        connection.execute(sql.SQL("create database {} owner portal_owner").format(database))
        connection.execute(sql.SQL("revoke all on database {} from public").format(database))
        for role in ROLES:
            connection.execute(
                sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(role))
            )
    return True
