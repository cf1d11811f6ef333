"""The servers a city on one machine needs; the rest of the product and the tests take them from here."""

from portal.local.child import ChildFailed
from portal.local.ports import free_port
from portal.local.postgres import Postgres
from portal.local.valkey import Valkey

__all__ = ["ChildFailed", "Postgres", "Valkey", "free_port"]
