"""Webhooks: a unit's own system is told that there is something new to read; signed, tried again, never inwards."""
