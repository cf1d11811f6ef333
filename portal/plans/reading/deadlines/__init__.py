"""Deadline phrases turned into dates and recurrences."""
