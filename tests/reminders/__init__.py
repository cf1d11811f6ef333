"""Tests of the reminders: planned once, sent once, true when sent, answered with one tap."""
